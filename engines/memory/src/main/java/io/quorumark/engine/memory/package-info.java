/**
 * An ordered store on the heap with a write-ahead log: the engine without native code, and the baseline of every comparison.
 *
 * <p>Keys and values lie in large arrays, so that a collector has next to nothing to follow or copy: {@code Segments} holds blocks of
 * bytes, {@code Records} says what stands in one, {@code SlotTable} finds a key's newest record and {@code SortedSlots} keeps keys in
 * order. A record leads to the one that it replaced while a pinned reader may ask for that, so that snapshots and cursors stand still
 * while one writer at a time goes on ({@code VersionedMap}, {@code Store}).
 *
 * <p>A commit is one record of the log ({@code WriteAheadLog}), written before it is applied. When the log has grown well beyond the data,
 * the content goes to a snapshot file in the background and the old log is deleted ({@code Compaction}). {@code Recovery} reads both back.
 */
@NullMarked
package io.quorumark.engine.memory;

import org.jspecify.annotations.NullMarked;
