package io.quorumark.app.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Single figures out of Linux's {@code /proc}; 0 where the system has no such file. */
final class ProcFiles {
    private ProcFiles() {}

    /** The number after {@code key} and a colon, such as {@code VmHWM} in {@code /proc/self/status}. */
    static long number(Path file, String key) throws IOException {
        if (!Files.isReadable(file)) {
            return 0;
        }
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(key + ":")) {
                String digits = line.substring(key.length() + 1).strip();
                int end = digits.indexOf(' ');
                return Long.parseLong(end < 0 ? digits : digits.substring(0, end));
            }
        }
        return 0;
    }

    /** Total and stolen processor ticks since boot, from the first line of {@code /proc/stat}: see proc(5). */
    static CpuTicks cpuTicks() throws IOException {
        Path stat = Path.of("/proc/stat");
        if (!Files.isReadable(stat)) {
            return new CpuTicks(0, 0);
        }
        String[] fields = Files.readAllLines(stat).get(0).strip().split(" +");
        long total = 0;
        // user nice system idle iowait irq softirq steal; the guest fields after them are already in user and nice
        for (int i = 1; i < fields.length && i <= 8; i++) {
            total += Long.parseLong(fields[i]);
        }
        return new CpuTicks(total, fields.length > 8 ? Long.parseLong(fields[8]) : 0);
    }

    record CpuTicks(long total, long stolen) {
        /** The share of processor time that other guests took since {@code earlier}. */
        double stealRatioSince(CpuTicks earlier) {
            long elapsed = total - earlier.total;
            return elapsed <= 0 ? 0 : (double) (stolen - earlier.stolen) / elapsed;
        }
    }
}
