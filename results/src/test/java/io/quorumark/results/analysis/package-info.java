@NullMarked
package io.quorumark.results.analysis;

import org.jspecify.annotations.NullMarked;
