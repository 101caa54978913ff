package io.quorumark.app.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Processor time of the whole machine since boot, in the kernel's ticks: the first line of {@code /proc/stat}, see proc(5). 0 where the system has none.
 *
 * @param total of all kinds, idling included
 * @param stolen taken by other guests of the same host
 */
public record CpuTicks(long total, long stolen) {
    private static final Path STAT = Path.of("/proc/stat");
    /** user, nice, system, idle, iowait, irq, softirq, steal; the guest fields after them are in user and nice already. */
    private static final int FIELDS = 8;

    public static CpuTicks now() throws IOException {
        if (!Files.isReadable(STAT)) {
            return new CpuTicks(0, 0);
        }
        String[] fields = Files.readAllLines(STAT).get(0).strip().split(" +");
        long total = 0;
        for (int i = 1; i < fields.length && i <= FIELDS; i++) {
            total += Long.parseLong(fields[i]);
        }
        return new CpuTicks(total, fields.length > FIELDS ? Long.parseLong(fields[FIELDS]) : 0);
    }

    /** The share of processor time that other guests took since {@code earlier}. */
    public double stealRatioSince(CpuTicks earlier) {
        long elapsed = total - earlier.total;
        return elapsed <= 0 ? 0 : (double) (stolen - earlier.stolen) / elapsed;
    }
}
