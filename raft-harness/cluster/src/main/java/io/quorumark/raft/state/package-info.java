/**
 * A member's replicated state on an engine: commands become batches, and each batch carries the index of the last log entry in it.
 *
 * <p><b>Keyspaces</b> of the state's engine: {@code state} (the records) and {@code applied} (the applied index).
 *
 * <p>{@link io.quorumark.raft.state.StateStore} knows nothing of Raft and can be driven, and measured, without it.
 * {@link io.quorumark.raft.state.KvStateMachine} puts it under the Raft library.
 *
 * <p><b>Threads:</b> one thread applies; any thread reads; snapshots are written by a thread of their own.
 *
 * <p><b>Errors:</b> {@link io.quorumark.engine.EngineException}s pass through {@code StateStore}. {@code KvStateMachine} hands them to the
 * member's failure sink and stops the member: it never answers for a write that its engine did not take.
 */
@NullMarked
package io.quorumark.raft.state;

import org.jspecify.annotations.NullMarked;
