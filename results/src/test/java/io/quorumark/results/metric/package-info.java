@NullMarked
package io.quorumark.results.metric;

import org.jspecify.annotations.NullMarked;
