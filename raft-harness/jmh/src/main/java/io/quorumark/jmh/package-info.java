/**
 * JMH benchmarks of engines, bare and replicated: {@code benchmarks.jar}. Plain JMH, nothing wrapped, so that every JMH option and viewer
 * works.
 *
 * <p>The data folder is made in the working folder, not in the system's temporary one, which is often kept in memory;
 * {@code -Dquorumark.jmh.data=DIR} chooses another.
 */
@NullMarked
package io.quorumark.jmh;

import org.jspecify.annotations.NullMarked;
