package io.quorumark.engine;

/** What an engine's makers do for it; from least to most. */
public enum Maintenance {
    /** Nothing any more. */
    ENDED("ended"),
    /** They have announced its end, or nothing was released for years: plan for leaving it. */
    ENDING("ending"),
    /** Faults are mended, nothing is added. */
    FIXES_ONLY("fixes-only"),
    /** Faults are mended and releases go on. */
    ACTIVE("active");

    private final String id;

    Maintenance(String id) {
        this.id = id;
    }

    /** As results and files of weights write it. */
    public String id() {
        return id;
    }
}
