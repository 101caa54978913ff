/**
 * The campaign folder. Everything is written under a temporary name, forced and renamed, so that a file with its final name is whole; a
 * trial's JSON file is written last and makes the trial count. Reading refuses what is truncated, edited or of another version.
 */
@NullMarked
package io.quorumark.results.store;

import org.jspecify.annotations.NullMarked;
