package io.quorumark.raft.nemesis;

import java.util.Set;

/** A group that faults can happen to. For one thread. */
public interface Victims {
    /** What can be done to it. */
    Set<Fault.Kind> possible();

    /** How many members it has; they are numbered from 0. */
    int size();

    /** Who leads; 0 if nobody is known to. Does not wait. */
    int leader();

    /**
     * Begins a fault of one member.
     *
     * @throws IllegalArgumentException it is not {@link #possible}
     */
    void inflict(Fault.Kind kind, int member);

    /** Ends a fault that was inflicted: when it returns, the member runs and nothing hinders it. */
    void relieve(Fault.Kind kind, int member);
}
