/** Statistics that the libraries lack or have otherwise: pure functions on arrays, each tested against a published worked example. */
@NullMarked
package io.quorumark.results.stats;

import org.jspecify.annotations.NullMarked;
