/**
 * Whether a campaign's numbers may be compared: one class for each rule, {@link io.quorumark.results.fairness.FairnessChecks} for all of
 * them. Pure functions of what is stored; sees the figures of cells, and not the {@code analysis} that reports findings beside them.
 */
@NullMarked
package io.quorumark.results.fairness;

import org.jspecify.annotations.NullMarked;
