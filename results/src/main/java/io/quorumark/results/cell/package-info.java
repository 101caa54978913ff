/** The figures of a campaign's cells, and cells set against each other. Pure functions of what is stored. */
@NullMarked
package io.quorumark.results.cell;

import org.jspecify.annotations.NullMarked;
