/**
 * Two trials that are measured by turns: while one runs, the other's processes are stopped. {@link io.quorumark.app.interleave.Turns} says
 * who may run, {@link io.quorumark.app.interleave.Participant} is a trial's side of it, and {@link io.quorumark.app.interleave.TurnTable}
 * the memory that both share.
 */
@NullMarked
package io.quorumark.app.interleave;

import org.jspecify.annotations.NullMarked;
