package io.quorumark.engine.memory;

/** When the log is forced to the device. */
enum LogSync {
    /** Every commit at power-loss durability forces the log by itself. */
    COMMIT("commit"),
    /** One force serves all commits that wait for one. */
    GROUP("group"),
    /** A background thread forces the log at an interval; commits do not wait, so that none is durable against power loss. */
    PERIODIC("periodic");

    private final String option;

    LogSync(String option) {
        this.option = option;
    }

    /** As it stands in the options. */
    String option() {
        return option;
    }

    static LogSync of(String option) {
        for (LogSync one : values()) {
            if (one.option.equals(option)) {
                return one;
            }
        }
        throw new IllegalArgumentException("log_sync is '" + option + "', expected commit, group or periodic");
    }
}
