/** Runs groups under faults and lets a checker judge what their clients were told, for {@code quorumark linearizability}. */
@NullMarked
package io.quorumark.campaign.linearizability;

import org.jspecify.annotations.NullMarked;
