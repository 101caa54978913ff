/**
 * A gate's answer in every format: {@link io.quorumark.report.gate.GateFormat} lists those that go to files, {@link
 * io.quorumark.report.gate.GateJson} and {@link io.quorumark.report.gate.GateMarkdown} are printed too.
 *
 * <p>Pure functions of a {@link io.quorumark.results.gate.GateResult}, without state, safe for use by several threads.
 */
@NullMarked
package io.quorumark.report.gate;

import org.jspecify.annotations.NullMarked;
