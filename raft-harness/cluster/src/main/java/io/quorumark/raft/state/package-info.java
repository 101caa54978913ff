/**
 * A member's replicated state on an engine: commands become batches, and each batch carries the index of the last log entry in it.
 *
 * <p><b>Keyspaces</b> of the state's engine: {@code state} (the records) and {@code applied} (the applied index).
 *
 * <p>Knows nothing of Raft and can be driven, and measured, without it: see {@link io.quorumark.raft.state.StateStore}.
 *
 * <p><b>Threads:</b> one thread applies; any thread reads; snapshots are written by a thread of their own.
 *
 * <p><b>Errors:</b> {@link io.quorumark.engine.EngineException}s pass through.
 */
@NullMarked
package io.quorumark.raft.state;

import org.jspecify.annotations.NullMarked;
