package io.quorumark.campaign.host;

import com.sun.management.OperatingSystemMXBean;
import io.quorumark.campaign.support.ChildJvm;
import io.quorumark.results.model.Host;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Finds out what machine this is. */
public final class HostProbe {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private HostProbe() {}

    /** @param dataFolder an existing folder on the device that the engines will write to */
    public static Host probe(Path dataFolder) throws IOException {
        OperatingSystemMXBean os = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        Filesystem filesystem = Filesystem.of(dataFolder);
        String cpuModel = cpuModel();
        int cpuCount = Processors.ofThisMachine();
        long memoryBytes = os.getTotalMemorySize();
        String kernel = os.getName() + " " + os.getVersion();

        List<String> warnings = new ArrayList<>();
        if (filesystem.isInMemory()) {
            warnings.add("The data folder " + dataFolder + " is on " + filesystem.type()
                    + ": it lives in memory, so POWER_LOSS costs nothing and means nothing; choose a folder on a device with"
                    + " --data.");
        }
        if (filesystem.type().equals("overlay")) {
            warnings.add("The data folder " + dataFolder
                    + " is on an overlay filesystem: choose a folder on the device itself with --data.");
        }
        if (cpuCount < 4) {
            warnings.add("The members, the load driver and the engines' background threads share " + cpuCount
                    + " processors: compare ratios, not absolute rates.");
        }
        ChildJvm.environmentOptions()
                .forEach(
                        (variable, options) -> warnings.add(
                                variable + " gives this program's own JVM options (" + options
                                        + "): canaries ran with them, trials without; unset it, and name flags in a plan's jvm.flags."));
        ChildJvm.unusedEnvironmentOptions()
                .forEach((variable, options) -> warnings.add(variable + " is set (" + options
                        + ") and was kept from this program and its trials; name flags in a plan's jvm.flags."));
        return new Host(
                fingerprint(cpuModel, cpuCount, memoryBytes >> 30, kernel, filesystem.type(), filesystem.device()),
                cpuModel,
                cpuCount,
                memoryBytes,
                kernel,
                os.getArch(),
                filesystem.type(),
                filesystem.device(),
                filesystem.mountOptions(),
                warnings);
    }

    private static String cpuModel() throws IOException {
        if (Files.isReadable(CPU_INFO)) {
            for (String line : Files.readAllLines(CPU_INFO)) {
                if (line.startsWith("model name")) {
                    return line.substring(line.indexOf(':') + 1).strip();
                }
            }
        }
        return System.getProperty("os.arch", "unknown");
    }

    private static String fingerprint(Object... parts) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (Object part : parts) {
                sha.update(part.toString().getBytes(StandardCharsets.UTF_8));
                sha.update((byte) 0);
            }
            return HexFormat.of().formatHex(sha.digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JVM has SHA-256", e);
        }
    }
}
