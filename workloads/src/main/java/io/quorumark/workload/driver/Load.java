package io.quorumark.workload.driver;

/** How operations are driven. */
public sealed interface Load {
    /** How many operations are outstanding at the most. Outstanding operations, not threads. */
    int clients();

    /**
     * As soon as an operation completes, the next one is sent: measures capacity. There is no intended send time, so that response time is service time.
     *
     * @param clients operations outstanding at any moment
     */
    record ClosedLoop(int clients) implements Load {
        public ClosedLoop {
            checkClients(clients);
        }
    }

    /**
     * Operations are due on a schedule, whatever became of the earlier ones: measures latency at a rate. An operation that is due while all clients are taken
     * waits, and its response time counts from when it was due.
     *
     * @param rateOpsPerSecond intended mean rate
     * @param clients operations outstanding at the most
     * @param arrivals spacing of the intended send times
     */
    record OpenLoop(double rateOpsPerSecond, int clients, Arrivals arrivals) implements Load {
        public OpenLoop {
            checkClients(clients);
            if (!(rateOpsPerSecond >= 0.01 && rateOpsPerSecond <= 1e8)) {
                throw new IllegalArgumentException(
                        "rateOpsPerSecond is " + rateOpsPerSecond + ", expected 0.01 to 100000000");
            }
        }
    }

    /** The spacing of intended send times in an open loop. */
    enum Arrivals {
        /** Equal intervals. */
        CONSTANT,
        /** Independent, exponentially distributed intervals, seeded. */
        POISSON
    }

    private static void checkClients(int clients) {
        if (clients < 1 || clients > 1_000_000) {
            throw new IllegalArgumentException("clients is " + clients + ", expected 1 to 1000000");
        }
    }
}
