/** What gates said over time: a file that only grows, and where its figures changed. */
@NullMarked
package io.quorumark.results.history;

import org.jspecify.annotations.NullMarked;
