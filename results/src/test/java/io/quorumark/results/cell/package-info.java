@NullMarked
package io.quorumark.results.cell;

import org.jspecify.annotations.NullMarked;
