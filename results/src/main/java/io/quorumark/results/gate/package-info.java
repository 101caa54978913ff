/** The comparison of a head campaign with a base campaign, for CI. */
@NullMarked
package io.quorumark.results.gate;

import org.jspecify.annotations.NullMarked;
