package io.quorumark.results.decision;

import java.util.Arrays;
import java.util.Optional;

/** What an engine's makers do for it, as campaigns store it; from least to most. */
public enum Maintenance {
    ENDED("ended"),
    ENDING("ending"),
    FIXES_ONLY("fixes-only"),
    ACTIVE("active");

    private final String id;

    Maintenance(String id) {
        this.id = id;
    }

    /** As files write it. */
    public String id() {
        return id;
    }

    /** The one of this id. */
    public static Optional<Maintenance> of(String id) {
        return Arrays.stream(values()).filter(each -> each.id.equals(id)).findFirst();
    }
}
