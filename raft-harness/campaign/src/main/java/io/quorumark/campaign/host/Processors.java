package io.quorumark.campaign.host;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** How many processors this process may use, whatever options its JVM was given: the machine is the same with and without them. */
final class Processors {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String ALLOWED = "Cpus_allowed_list:";

    private Processors() {}

    static int ofThisMachine() throws IOException {
        boolean isTold = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .anyMatch(option -> option.contains("ActiveProcessorCount") || option.contains("UseContainerSupport"));
        if (isTold && Files.isReadable(STATUS)) {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith(ALLOWED)) {
                    return count(line.substring(ALLOWED.length()).strip());
                }
            }
        }
        return Runtime.getRuntime().availableProcessors();
    }

    /** @param list such as {@code 0-3,8} */
    static int count(String list) {
        return Arrays.stream(list.split(","))
                .mapToInt(range -> {
                    String[] ends = range.split("-");
                    return Integer.parseInt(ends[ends.length - 1]) - Integer.parseInt(ends[0]) + 1;
                })
                .sum();
    }
}
