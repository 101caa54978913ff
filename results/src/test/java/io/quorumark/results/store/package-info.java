@NullMarked
package io.quorumark.results.store;

import org.jspecify.annotations.NullMarked;
