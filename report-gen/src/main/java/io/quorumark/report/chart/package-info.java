/**
 * Charts as inline SVG, drawn when the document is written, so that they print, need no script and stay sharp. Colours are classes
 * ({@code s0} ... {@code s7}) that the page's style sheet fills in for both colour schemes; shapes tell series apart without colour. Throws
 * nothing but programming errors.
 */
@NullMarked
package io.quorumark.report.chart;

import org.jspecify.annotations.NullMarked;
