@NullMarked
package io.quorumark.report.text;

import org.jspecify.annotations.NullMarked;
