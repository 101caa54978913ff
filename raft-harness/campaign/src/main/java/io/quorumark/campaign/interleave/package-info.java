/**
 * Two trials that are measured by turns: while one runs, the other's processes are stopped. {@link io.quorumark.campaign.interleave.Turns}
 * says who may run, {@link io.quorumark.campaign.interleave.Participant} is a trial's side of it, and
 * {@link io.quorumark.campaign.interleave.TurnTable} the memory that both share.
 */
@NullMarked
package io.quorumark.campaign.interleave;

import org.jspecify.annotations.NullMarked;
