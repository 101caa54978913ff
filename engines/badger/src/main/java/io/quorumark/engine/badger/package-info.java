/**
 * Badger behind the engine SPI, through the bridge to native engines.
 *
 * <p><b>Who may depend on it:</b> nobody; it is found by {@link java.util.ServiceLoader}. It depends on the SPI and the bridge.
 *
 * <p><b>Threads and errors:</b> as the bridge says.
 */
@NullMarked
package io.quorumark.engine.badger;

import org.jspecify.annotations.NullMarked;
