/**
 * A gate's answer in every format: {@link io.quorumark.report.gate.GateFormat} lists those that go to files, {@link
 * io.quorumark.report.gate.GateJson} and {@link io.quorumark.report.gate.GateMarkdown} are printed too.
 *
 * <p>Pure functions of a {@link io.quorumark.report.gate.GateAnswer}, or of the result in it, without state, safe for use by several
 * threads.
 */
@NullMarked
package io.quorumark.report.gate;

import org.jspecify.annotations.NullMarked;
