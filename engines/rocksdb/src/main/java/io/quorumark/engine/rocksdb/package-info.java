/**
 * RocksDB behind the engine SPI.
 *
 * <p><b>Who may depend on it:</b> nobody by name; it is found through {@link io.quorumark.engine.EngineProvider}.
 *
 * <p><b>Threads:</b> as the SPI says. The engine's own calls share a read lock that only {@code close} takes exclusively; the data path
 * takes no lock, because a session that is in use keeps the engine from closing.
 *
 * <p><b>Errors:</b> every {@code RocksDBException} becomes an {@link io.quorumark.engine.EngineException} in one place, by RocksDB's status
 * code.
 */
@NullMarked
package io.quorumark.engine.rocksdb;

import org.jspecify.annotations.NullMarked;
