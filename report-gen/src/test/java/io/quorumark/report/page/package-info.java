@NullMarked
package io.quorumark.report.page;

import org.jspecify.annotations.NullMarked;
