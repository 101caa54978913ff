/**
 * LMDB behind the engine SPI.
 *
 * <p><b>Who may depend on it:</b> nobody by name; it is found through {@link io.quorumark.engine.EngineProvider}.
 *
 * <p><b>Threads:</b> as the SPI says. Read transactions are not bound to threads ({@code MDB_NOTLS}); write transactions take a lock for
 * their whole length, as LMDB has one writer.
 *
 * <p><b>Errors:</b> every {@code LmdbException} becomes an {@link io.quorumark.engine.EngineException} in one place, by LMDB's result code.
 *
 * <p><b>Borrowed buffers:</b> a cursor's key and value are LMDB's memory map itself. They are guarded by the cursor's methods; a buffer
 * object that was handed out before and is read after the engine was closed cannot be guarded, and reading it then ends the process.
 */
@NullMarked
package io.quorumark.engine.lmdb;

import org.jspecify.annotations.NullMarked;
