/**
 * Raft members whose log, hard state and state machine live on the storage engine under test.
 *
 * <p><b>Start here:</b> {@link io.quorumark.raft.LocalCluster} starts the members of one group in this JVM;
 * {@link io.quorumark.raft.ClusterClient} writes to and reads from them; {@link io.quorumark.raft.command.CommandEncoder} makes what is
 * written.
 *
 * <p><b>Who may depend on it:</b> the application. It depends on the engine SPI, and names neither an engine nor a Raft library: engines
 * come as {@link io.quorumark.engine.EngineProvider}s, the library as a {@link io.quorumark.raft.RaftLibrary} that is found on the class
 * path and starts members as {@link io.quorumark.raft.RunningMember}s. {@code raft.jraft} is that library; nothing here depends on it.
 * {@code raft.command}, {@code raft.store} and {@code raft.timing} depend on nothing here, {@code raft.state} on these.
 *
 * <p><b>Threads:</b> clusters, members and clients are thread-safe. Callbacks run on the Raft library's threads, mostly on the one that
 * applies the log: they must not block.
 *
 * <p><b>Errors:</b> starting and stopping throw {@link io.quorumark.raft.ClusterException}, with a message of one line. An operation that
 * was submitted always ends in exactly one call of its callback, and a failure says whether the operation may have happened
 * ({@link io.quorumark.raft.RaftFailure}).
 */
@NullMarked
package io.quorumark.raft;

import org.jspecify.annotations.NullMarked;
