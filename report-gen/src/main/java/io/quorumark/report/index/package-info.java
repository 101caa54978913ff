/**
 * One document over many campaigns. Cards say what each campaign's own report says. A line of one cell over the campaigns of a machine is
 * all that sets a campaign's figure against another's.
 */
@NullMarked
package io.quorumark.report.index;

import org.jspecify.annotations.NullMarked;
