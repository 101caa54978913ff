package io.quorumark.engine;

/**
 * Work of an engine that went on beside calls, or inside one that asked for it, and has ended. Calls may have waited for it, or had less
 * of the processors and the device because of it.
 *
 * @param kind what it was
 * @param startNanos when it began, by {@link System#nanoTime}
 * @param endNanos when it ended; not before it began
 */
public record BackgroundWork(Kind kind, long startNanos, long endNanos) {
    public BackgroundWork {
        if (endNanos - startNanos < 0) {
            throw new IllegalArgumentException(kind + " ends " + (startNanos - endNanos)
                    + " ns before it begins, expected an end after its start");
        }
    }

    /** What engines do in the background. */
    public enum Kind {
        /** What was committed to memory went to a file of data. */
        FLUSH("flush"),
        /** Data was rewritten to give space back or to be read faster: levels merged, garbage collected, a log replaced by a snapshot. */
        COMPACTION("compaction");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        /** As native engines and results write it. */
        public String code() {
            return code;
        }

        /**
         * By the code that native engines write.
         *
         * @throws IllegalArgumentException no kind has this code
         */
        public static Kind ofCode(String code) {
            for (Kind kind : values()) {
                if (kind.code.equals(code)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("kind of work is '" + code + "', expected flush or compaction");
        }
    }
}
