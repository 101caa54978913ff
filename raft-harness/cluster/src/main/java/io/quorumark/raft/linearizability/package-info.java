/**
 * Whether a group kept its promise: records what clients asked and were told, and looks for an order of these operations that explains
 * every answer (linearizability; Herlihy and Wing, <i>Linearizability: A Correctness Condition for Concurrent Objects</i>, 1990).
 *
 * <p><b>Start here:</b> {@link io.quorumark.raft.linearizability.RegisterWorkload} runs clients against a
 * {@link io.quorumark.raft.linearizability.RegisterStore} and records a {@link io.quorumark.raft.linearizability.History};
 * {@link io.quorumark.raft.linearizability.LinearizabilityChecker} judges it.
 *
 * <p>Depends on the group's client interfaces; nothing in the group depends on it. Recording is thread-safe and takes no locks; the rest is
 * for one thread.
 */
@NullMarked
package io.quorumark.raft.linearizability;

import org.jspecify.annotations.NullMarked;
