package io.quorumark.results.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a cell's operations reach. */
public enum TargetKind {
    /** A Raft group, whose members keep log and state on engines. */
    @JsonProperty("cluster")
    CLUSTER("cluster"),

    /** An engine behind the replicated state machine, without Raft. */
    @JsonProperty("state-machine")
    STATE_MACHINE("state-machine"),

    /** A bare engine. */
    @JsonProperty("engine")
    ENGINE("engine");

    private final String id;

    TargetKind(String id) {
        this.id = id;
    }

    /** As plans, options and stored cells write it. */
    public String id() {
        return id;
    }

    /** Whether there are members, a log and a transport. */
    public boolean isReplicated() {
        return this == CLUSTER;
    }

    @Override
    public String toString() {
        return id;
    }
}
