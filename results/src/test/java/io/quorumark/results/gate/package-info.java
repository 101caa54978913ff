@NullMarked
package io.quorumark.results.gate;

import org.jspecify.annotations.NullMarked;
