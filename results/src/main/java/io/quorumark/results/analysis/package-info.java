/** All that follows from a campaign: figures per cell, comparisons, findings, exit codes. Pure functions of what is stored. */
@NullMarked
package io.quorumark.results.analysis;

import org.jspecify.annotations.NullMarked;
