@NullMarked
package io.quorumark.results.text;

import org.jspecify.annotations.NullMarked;
