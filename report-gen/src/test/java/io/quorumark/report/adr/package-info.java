@NullMarked
package io.quorumark.report.adr;

import org.jspecify.annotations.NullMarked;
