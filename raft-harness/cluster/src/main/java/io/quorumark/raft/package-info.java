/**
 * Raft members whose log, hard state and state machine live on the storage engine under test.
 *
 * <p><b>Start here:</b> {@link io.quorumark.raft.LocalCluster} starts the members of one group in this JVM;
 * {@link io.quorumark.raft.ClusterClient} writes to and reads from them; {@link io.quorumark.raft.command.CommandEncoder} makes what is
 * written.
 *
 * <p><b>Who may depend on it:</b> the application. It depends on the engine SPI and on the Raft library, and names no engine; engines come
 * as {@link io.quorumark.engine.EngineProvider}s. {@code raft.command} depends on nothing here; {@code raft.log}, {@code raft.state} and
 * {@code raft.transport} do not depend on each other but for {@code raft.state}, which reads commands; this package puts them together.
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
