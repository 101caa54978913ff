@NullMarked
package io.quorumark.results.decision;

import org.jspecify.annotations.NullMarked;
