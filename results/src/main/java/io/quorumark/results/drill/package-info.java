/** How long groups take when members fail, join and leave. */
@NullMarked
package io.quorumark.results.drill;

import org.jspecify.annotations.NullMarked;
