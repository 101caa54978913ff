/** Campaigns with a known truth, to see how often the rules of this module are wrong about it. */
@NullMarked
package io.quorumark.results.simulation;

import org.jspecify.annotations.NullMarked;
