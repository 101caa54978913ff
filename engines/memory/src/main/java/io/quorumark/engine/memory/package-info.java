/**
 * An ordered store on the heap with a write-ahead log: the engine without native code, and the baseline of every comparison.
 *
 * <p>Every key has a short chain of versions, so that snapshots and cursors stand still while one writer at a time goes on
 * ({@code VersionedMap}). A commit is one record of the log ({@code WriteAheadLog}), written before it is applied. When the log has grown
 * well beyond the data, the content goes to a snapshot file in the background and the old log is deleted ({@code Compaction}).
 * {@code Recovery} reads both back.
 */
@NullMarked
package io.quorumark.engine.memory;

import org.jspecify.annotations.NullMarked;
