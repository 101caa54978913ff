/**
 * What the documents say, before any markup: figures, sentences and charts as plain immutable values, made from the campaign's records and
 * their analysis.
 */
@NullMarked
package io.quorumark.report.page;

import org.jspecify.annotations.NullMarked;
