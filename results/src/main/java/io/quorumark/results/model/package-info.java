/**
 * The stored records of a campaign, as they stand in its folder: plain immutable values, written and read as JSON by
 * {@code io.quorumark.results.store}. Every figure of a report or ADR is computed from these and the histogram logs beside them. Units are
 * part of the names.
 */
@NullMarked
package io.quorumark.results.model;

import org.jspecify.annotations.NullMarked;
