package io.quorumark.results.decision;

import java.util.Arrays;
import java.util.Optional;

/** What an engine is asked to hold. */
public enum Role {
    LOG_AND_STATE("log-and-state", "log and state"),
    STATE("state", "the state alone");

    private final String id;
    private final String words;

    Role(String id, String words) {
        this.id = id;
        this.words = words;
    }

    /** Empty if this is the id of no role. */
    public static Optional<Role> of(String id) {
        return Arrays.stream(values()).filter(role -> role.id.equals(id)).findFirst();
    }

    /** In weights files. */
    public String id() {
        return id;
    }

    /** Within a sentence. */
    public String words() {
        return words;
    }
}
