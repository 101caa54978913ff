/**
 * Proves what an engine's durability levels are worth: {@link io.quorumark.engine.durability.KillRig} kills a writing process again and
 * again, {@link io.quorumark.engine.durability.PowerCutRig} records what a writing process gives to the device and makes the device's
 * content at many moments without what was not synced. Both open what is left and compare it with what had been acknowledged.
 *
 * <p>Depends on the engine SPI alone. Nothing here is thread-safe. Failures of the rig itself are {@link java.io.IOException}s; what an
 * engine does wrong is a result.
 */
@NullMarked
package io.quorumark.engine.durability;

import org.jspecify.annotations.NullMarked;
