/**
 * MapDB behind the engine SPI.
 *
 * <p><b>Who may depend on it:</b> nobody; it is found by {@link java.util.ServiceLoader}. It depends on the SPI and MapDB.
 *
 * <p><b>Threads:</b> as in the SPI. MapDB has no transactions in the store used here, so this package makes a commit atomic: it is applied
 * under a write lock, and a read is taken optimistically and taken again under a read lock if a commit came between.
 *
 * <p><b>Errors:</b> every exception of MapDB leaves this package as an {@link io.quorumark.engine.EngineException}; {@code MapDbErrors} is
 * the one place that decides which. A commit that fails half-way cannot be taken back, so the engine refuses everything but its close
 * afterwards.
 */
@NullMarked
package io.quorumark.engine.mapdb;

import org.jspecify.annotations.NullMarked;
