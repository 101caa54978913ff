/**
 * What a member's log and state have in common: sessions lent to whichever thread needs one, and the mark that says whether a folder can be
 * trusted.
 *
 * <p>Depends on the engine SPI only. Errors of engines pass through; errors of files are {@link java.io.UncheckedIOException}s.
 */
@NullMarked
package io.quorumark.raft.store;

import org.jspecify.annotations.NullMarked;
