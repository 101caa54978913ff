/** How numbers and sentences are put together for people, in every message, report and document. Pure functions; sees no other package. */
@NullMarked
package io.quorumark.results.text;

import org.jspecify.annotations.NullMarked;
