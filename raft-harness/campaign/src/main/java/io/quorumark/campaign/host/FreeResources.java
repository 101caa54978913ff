package io.quorumark.campaign.host;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/**
 * What is free for trials on this machine.
 *
 * @param diskBytes on the filesystem of the data folder
 * @param memoryBytes that can be had without swapping: {@code MemAvailable}, or less if this process has a smaller limit
 */
public record FreeResources(long diskBytes, long memoryBytes) {

    /** @param folder of the data, or one that exists above it */
    public static FreeResources at(Path folder) throws IOException {
        long available = ProcFiles.number(Path.of("/proc/meminfo"), "MemAvailable") << 10;
        // Knows a container's limit; elsewhere it is all of the machine's.
        long total =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        return new FreeResources(
                Filesystem.above(folder).usableBytes(), available == 0 ? total : Math.min(available, total));
    }
}
