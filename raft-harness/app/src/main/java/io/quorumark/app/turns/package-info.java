/**
 * Two trials that are measured by turns: while one runs, the other's processes are stopped. {@link io.quorumark.app.turns.Turns} says who may run,
 * {@link io.quorumark.app.turns.Seat} is a trial's side of it, and {@link io.quorumark.app.turns.TurnTable} the memory that both share.
 */
@NullMarked
package io.quorumark.app.turns;

import org.jspecify.annotations.NullMarked;
