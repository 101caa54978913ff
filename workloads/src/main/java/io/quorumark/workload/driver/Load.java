package io.quorumark.workload.driver;

/** How operations are driven. */
public sealed interface Load {
    /** How many operations are outstanding at the most. Outstanding operations, not threads. */
    int clients();

    /**
     * As soon as an operation completes, the next one is sent: measures capacity. There is no intended send time, so that response time is
     * service time.
     *
     * @param clients operations outstanding at any moment
     */
    record ClosedLoop(int clients) implements Load {
        public ClosedLoop {
            checkClients(clients);
        }
    }

    /**
     * Operations are due on a schedule, whatever became of the earlier ones: measures latency at a rate. An operation that is due while all
     * clients are taken waits, and its response time counts from when it was due.
     *
     * @param rateOpsPerSecond intended mean rate
     * @param clients operations outstanding at the most
     * @param arrivals spacing of the intended send times
     */
    record OpenLoop(double rateOpsPerSecond, int clients, Arrivals arrivals) implements Load {
        public static final double LEAST_OPS_PER_SECOND = 0.01;
        public static final double MOST_OPS_PER_SECOND = 1e8;

        public OpenLoop {
            checkClients(clients);
            if (!(rateOpsPerSecond >= LEAST_OPS_PER_SECOND && rateOpsPerSecond <= MOST_OPS_PER_SECOND)) {
                throw new IllegalArgumentException(
                        "rateOpsPerSecond is " + rateOpsPerSecond + ", expected 0.01 to 100000000");
            }
        }
    }

    /**
     * Operations are due when a recorded stream says that they were asked for, or at a multiple of that speed. For streams that have times
     * ({@link io.quorumark.workload.OperationStream#openArrivals()}); a closed loop ignores them.
     *
     * @param clients operations outstanding at the most
     * @param speed 1 for the recorded times, 2 for twice as fast; 0.0001 to 10000
     */
    record Replay(int clients, double speed) implements Load {
        public Replay {
            checkClients(clients);
            if (!(speed >= 1e-4 && speed <= 1e4)) {
                throw new IllegalArgumentException("speed is " + speed + ", expected 0.0001 to 10000");
            }
        }
    }

    /** Whether operations have an intended send time. */
    default boolean isPaced() {
        return !(this instanceof ClosedLoop);
    }

    /** The spacing of intended send times in an open loop. All keep the mean rate. */
    sealed interface Arrivals {
        /** Equal intervals. */
        Arrivals CONSTANT = new Constant();

        /** Independent, exponentially distributed intervals, seeded. */
        Arrivals POISSON = new Poisson();

        /** See {@link #CONSTANT}. */
        record Constant() implements Arrivals {}

        /** See {@link #POISSON}. */
        record Poisson() implements Arrivals {}

        /**
         * On and off: equal intervals for the first part of each period, so much shorter that the mean rate is kept, and nothing for the
         * rest of it.
         *
         * @param periodSeconds from one burst's beginning to the next one's, 0.001 to 3600
         * @param duty the part of a period that the burst takes, more than 0 and at most 1; at 0.1 a burst has ten times the mean rate
         */
        record Bursts(double periodSeconds, double duty) implements Arrivals {
            public Bursts {
                if (!(periodSeconds >= 0.001 && periodSeconds <= 3600)) {
                    throw new IllegalArgumentException(
                            "periodSeconds is " + periodSeconds + ", expected 0.001 to 3600");
                }
                if (!(duty > 0 && duty <= 1)) {
                    throw new IllegalArgumentException("duty is " + duty + ", expected more than 0 and at most 1");
                }
            }
        }
    }

    private static void checkClients(int clients) {
        if (clients < 1 || clients > 1_000_000) {
            throw new IllegalArgumentException("clients is " + clients + ", expected 1 to 1000000");
        }
    }
}
