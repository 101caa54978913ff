/**
 * JetBrains Xodus behind the engine SPI.
 *
 * <p><b>Who may depend on it:</b> nobody; it is found by {@link java.util.ServiceLoader}. It depends on the SPI and Xodus.
 *
 * <p><b>Threads:</b> as in the SPI. Xodus takes one writing transaction at a time and queues the others; read-only transactions run beside
 * it.
 *
 * <p><b>Errors:</b> every exception of Xodus leaves this package as an {@link io.quorumark.engine.EngineException}; {@code XodusErrors} is
 * the one place that decides which.
 */
@NullMarked
package io.quorumark.engine.xodus;

import org.jspecify.annotations.NullMarked;
