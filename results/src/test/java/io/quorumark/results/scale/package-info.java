/** What must still be quick where a campaign is large. */
@NullMarked
package io.quorumark.results.scale;

import org.jspecify.annotations.NullMarked;
