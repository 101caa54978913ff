/**
 * Documents made from a stored campaign: a web page, Markdown, a decision record, a terminal table, and a gate's JUnit and Markdown.
 *
 * <p>Every document is a pure function of the campaign's folder: the same folder gives the same bytes under any locale, time zone and
 * clock. Text that comes from outside (engine names, caveats, options, reasons) is escaped by the template or the XML writer, never by the
 * caller. All classes are stateless and safe for use by several threads. May depend on {@code io.quorumark.results} alone.
 */
@NullMarked
package io.quorumark.report;

import org.jspecify.annotations.NullMarked;
