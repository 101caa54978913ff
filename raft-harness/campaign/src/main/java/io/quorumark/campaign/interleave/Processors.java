package io.quorumark.campaign.interleave;

import io.quorumark.campaign.support.HarnessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The processors that this process may run on. */
final class Processors {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String KEY = "Cpus_allowed_list:";

    private Processors() {}

    /** At least one, ascending. */
    static List<Integer> allowed() {
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(KEY))
                    .findFirst()
                    .map(line -> parse(line.substring(KEY.length()).strip()))
                    .orElseThrow(() -> new HarnessException(STATUS + " has no line " + KEY));
        } catch (IOException e) {
            throw new HarnessException(STATUS + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** @param list such as {@code 0-3,8} */
    static List<Integer> parse(String list) {
        return Stream.of(list.split(","))
                .flatMapToInt(range -> {
                    int dash = range.indexOf('-');
                    int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
                    return IntStream.rangeClosed(first, dash < 0 ? first : Integer.parseInt(range.substring(dash + 1)));
                })
                .boxed()
                .toList();
    }
}
