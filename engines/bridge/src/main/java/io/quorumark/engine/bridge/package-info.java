/**
 * Engines that answer to {@code quorumark_engine.h}, as engines of the SPI. It knows the C interface and no engine.
 *
 * <p><b>Who may depend on it:</b> the adapters of such engines, and benchmarks of the bridge itself. It depends on the SPI and jnr-ffi.
 *
 * <p><b>Threads:</b> as the SPI says. An engine with one writer gets one at a time: the others wait here, in Java, where a thread dump
 * shows them, and a thread that would wait for itself gets a conflict.
 *
 * <p><b>Memory:</b> whatever crosses lies in direct buffers that belong to a handle; the address of a caller's buffer never does. What a
 * cursor shows is a copy, so that a buffer that is read too late shows old bytes and nothing worse.
 *
 * <p><b>Errors:</b> codes become {@link io.quorumark.engine.EngineException}s in one place. A closed handle is found here, before the
 * library is asked.
 *
 * <p><b>Life:</b> a library is loaded once and stays until the process ends: neither Go's runtime nor what it has done to signal handlers
 * can be taken back.
 */
@NullMarked
package io.quorumark.engine.bridge;

import org.jspecify.annotations.NullMarked;
