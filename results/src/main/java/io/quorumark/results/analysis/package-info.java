/** What follows from a campaign: figures per cell, comparisons, findings, a verdict. Pure functions of what is stored. */
@NullMarked
package io.quorumark.results.analysis;

import org.jspecify.annotations.NullMarked;
