package io.quorumark.workload.driver;

/** When a phase ends. */
public sealed interface PhaseLimit extends WarmUpRule {
    /** A phase of no length, such as no warm-up. */
    PhaseLimit NONE = new Operations(0);

    /** After a time. How many operations that takes depends on the target. */
    record Seconds(double seconds) implements PhaseLimit {
        public Seconds {
            if (!(seconds >= 0 && seconds <= 1e7)) {
                throw new IllegalArgumentException("seconds is " + seconds + ", expected 0 to 10000000");
            }
        }

        long nanos() {
            return Math.round(seconds * 1e9);
        }
    }

    /** After a number of operations: with both phases bounded so, every target is asked exactly the same. */
    record Operations(long operations) implements PhaseLimit {
        public Operations {
            if (operations < 0) {
                throw new IllegalArgumentException("operations is " + operations + ", expected 0 or more");
            }
        }
    }
}
