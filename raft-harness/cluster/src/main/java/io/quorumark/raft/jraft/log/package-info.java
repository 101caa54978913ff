/**
 * A member's log and hard state (term, vote) on an engine, as the Raft library wants them.
 *
 * <p><b>Keyspaces</b> of the log's engine: {@code entries} (index → entry), {@code configurations} (index → the entries that change the
 * group), {@code meta} (first index, hard state). Indexes are 8 bytes, big-endian, so that keys order as numbers. Entries are in the Raft
 * library's own encoding.
 *
 * <p><b>Threads:</b> the library writes the log on one thread and reads it on many.
 *
 * <p><b>Errors:</b> the library's contract is a boolean or a count; the exception behind it goes to the member's failure sink, and the
 * library stops the member.
 */
@NullMarked
package io.quorumark.raft.jraft.log;

import org.jspecify.annotations.NullMarked;
