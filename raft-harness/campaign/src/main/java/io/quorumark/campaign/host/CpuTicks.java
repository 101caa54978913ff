package io.quorumark.campaign.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Processor time of the whole machine since boot, in the kernel's ticks: the first line of {@code /proc/stat}, see proc(5). 0 if the
 * system has none.
 *
 * @param total of all kinds, idling included
 * @param busy of processes and the kernel on this machine: neither idling, nor waiting for a device, nor stolen
 * @param stolen taken by other guests of the same host
 */
public record CpuTicks(long total, long busy, long stolen) {
    private static final double MILLIS_PER_TICK = ProcessUsage.NANOS_PER_TICK / 1e6;
    private static final int IDLE = 3;
    private static final int IO_WAIT = 4;
    private static final int STOLEN = 7;

    private static final Path STAT = Path.of("/proc/stat");
    /** user, nice, system, idle, iowait, irq, softirq, steal; the guest fields after them are in user and nice already. */
    private static final int FIELDS = 8;

    public static CpuTicks now() throws IOException {
        Optional<CountersFile> stat = openCounters();
        if (stat.isEmpty()) {
            return new CpuTicks(0, 0, 0);
        }
        try (CountersFile counters = stat.get()) {
            return of(counters);
        }
    }

    /** What {@link #of} reads, for those who look often; empty if the system has none. To be closed by the caller. */
    public static Optional<CountersFile> openCounters() throws IOException {
        return Files.isReadable(STAT) ? Optional.of(new CountersFile(STAT)) : Optional.empty();
    }

    /** As of now. */
    public static CpuTicks of(CountersFile stat) throws IOException {
        stat.read();
        long total = 0;
        long busy = 0;
        for (int i = 0; i < FIELDS; i++) {
            total += stat.at(i);
            busy += i == IDLE || i == IO_WAIT || i == STOLEN ? 0 : stat.at(i);
        }
        return new CpuTicks(total, busy, stat.at(STOLEN));
    }

    /** {@link #busy} in milliseconds of one processor. */
    public double busyMillis() {
        return busy * MILLIS_PER_TICK;
    }

    /** {@link #stolen} in milliseconds of one processor. */
    public double stolenMillis() {
        return stolen * MILLIS_PER_TICK;
    }

    /**
     * The share of processor time that other processes of this machine took since {@code earlier}.
     *
     * @param ownNanos what the caller's own processes took in the same time
     * @return 0 to 1; 0 if the system does not tell
     */
    public double othersShareSince(CpuTicks earlier, long ownNanos) {
        double elapsedNanos = (double) (total - earlier.total) * ProcessUsage.NANOS_PER_TICK;
        double busyNanos = (double) (busy - earlier.busy) * ProcessUsage.NANOS_PER_TICK;
        return elapsedNanos <= 0 ? 0 : Math.max(0, busyNanos - ownNanos) / elapsedNanos;
    }

    /** The share of processor time that other guests took since {@code earlier}. */
    public double stealRatioSince(CpuTicks earlier) {
        long elapsed = total - earlier.total;
        return elapsed <= 0 ? 0 : (double) (stolen - earlier.stolen) / elapsed;
    }
}
