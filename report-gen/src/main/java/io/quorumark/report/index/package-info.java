/** One document over many campaigns. Cards say what each campaign's own report says; no figure of one is set against another's. */
@NullMarked
package io.quorumark.report.index;

import org.jspecify.annotations.NullMarked;
