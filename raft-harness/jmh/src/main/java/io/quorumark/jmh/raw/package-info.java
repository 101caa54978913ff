/**
 * What an adapter costs: the same work once through the SPI and once written against the engine's own API by hand, with the settings,
 * buffers and promises of the adapter. A get leaves the value in memory of the caller's that later commits do not change, and shows every
 * commit before it; a step of a cursor gives key and value to read.
 *
 * <p>The only package besides the adapters that names engine libraries. Raw code is single-threaded and refuses nothing: checking is the
 * adapter's part.
 */
@NullMarked
package io.quorumark.jmh.raw;

import org.jspecify.annotations.NullMarked;
