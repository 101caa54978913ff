/**
 * The catalogue of metrics: one entry says all that report, console, gate, history, decision record and JSON need to know. Pure functions
 * of stored trials.
 */
@NullMarked
package io.quorumark.results.metric;

import org.jspecify.annotations.NullMarked;
