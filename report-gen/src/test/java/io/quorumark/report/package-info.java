@NullMarked
package io.quorumark.report;

import org.jspecify.annotations.NullMarked;
