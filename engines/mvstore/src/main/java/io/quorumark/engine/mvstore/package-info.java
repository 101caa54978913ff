/**
 * H2 MVStore as an engine.
 *
 * <p>One writer at a time: it applies its changes to the maps, stores them as one chunk, and only then publishes the maps' new roots.
 * Readers follow published roots and take no lock. All file access is by {@link java.io.RandomAccessFile}, which an interrupt does not
 * close. Everything that MVStore throws becomes an {@link io.quorumark.engine.EngineException}; a failed commit is the end of the store,
 * as it is for MVStore itself.
 */
@NullMarked
package io.quorumark.engine.mvstore;

import org.jspecify.annotations.NullMarked;
