/**
 * Invented campaigns, for documents, examples and tests: complete and consistent, the same for the same seed, measured by nobody.
 * Production code does not use them. Everything here is immutable.
 */
@NullMarked
package io.quorumark.results.sample;

import org.jspecify.annotations.NullMarked;
