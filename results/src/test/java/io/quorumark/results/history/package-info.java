@NullMarked
package io.quorumark.results.history;

import org.jspecify.annotations.NullMarked;
