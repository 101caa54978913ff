/**
 * The storage-engine SPI: what an adapter implements, and all that a Raft member, a benchmark or a test ever sees of an engine.
 *
 * <p><b>Who may depend on it:</b> everyone. It depends on nothing but the JDK.
 *
 * <p><b>Threads:</b> {@link io.quorumark.engine.KVEngine} is thread-safe. Every handle it gives out ({@code Session}, {@code Snapshot},
 * {@code Cursor}, {@code WriteBatch}) is used by one thread at a time; that is what lets the data path do without locks. Handing a handle
 * to another thread needs a happens-before edge between the two uses.
 *
 * <p><b>Errors:</b> absence is a value ({@link io.quorumark.engine.Reader#NOT_FOUND}, {@code false}). Everything else is an
 * {@link io.quorumark.engine.EngineException}, which names the engine, the folder and the remedy. A handle used after its close throws
 * {@link io.quorumark.engine.EngineException.Closed}; it never reaches native memory.
 *
 * <p><b>Interrupts:</b> a call on an interrupted thread, or one that is interrupted while it works or waits, either does all of its work
 * like any other call, or refuses before anything is done with {@link io.quorumark.engine.EngineException.Interrupted}. Either way the
 * thread is still interrupted on return, and the engine and all its handles stay usable, by this thread and every other one. Adapters
 * mind {@code java.nio.channels}: an interrupt closes a channel in use, for all threads.
 *
 * <p><b>Buffers:</b> keys and values are the bytes between a buffer's position and its limit. No method changes the position or limit of
 * a buffer that it only reads, and none keeps a reference to it after it returns.
 */
@NullMarked
package io.quorumark.engine;

import org.jspecify.annotations.NullMarked;
