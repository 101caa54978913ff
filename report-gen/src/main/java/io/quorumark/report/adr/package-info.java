/** Weighs what a campaign found, and refuses to propose what its intervals do not support. */
@NullMarked
package io.quorumark.report.adr;

import org.jspecify.annotations.NullMarked;
