/**
 * Misfortune on purpose: faults that happen to a group at given times, from a seed, so that a run that went wrong can be repeated.
 *
 * <p><b>Start here:</b> {@link io.quorumark.raft.nemesis.FaultSchedule} says what happens when;
 * {@link io.quorumark.raft.nemesis.Nemesis} does it to a {@link io.quorumark.raft.nemesis.Victims}, such as
 * {@link io.quorumark.raft.nemesis.LocalVictims};
 * {@link io.quorumark.raft.nemesis.FaultyDisk} stands between a member and its engine.
 *
 * <p>Depends on the group and the engine SPI; nothing in the group depends on it. A schedule is carried out on the calling thread. What
 * cannot be done, or undone, is thrown: a fault that silently did not happen would prove nothing.
 */
@NullMarked
package io.quorumark.raft.nemesis;

import org.jspecify.annotations.NullMarked;
