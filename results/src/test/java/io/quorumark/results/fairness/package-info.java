@NullMarked
package io.quorumark.results.fairness;

import org.jspecify.annotations.NullMarked;
