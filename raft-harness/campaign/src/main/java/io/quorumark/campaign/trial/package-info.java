/**
 * One trial, inside its own JVM: start, load, warm-up, measure, settle, verify. {@link io.quorumark.campaign.trial.TrialMain} is the JVM's
 * main class; {@link io.quorumark.campaign.trial.TrialRunner} is the order of events.
 */
@NullMarked
package io.quorumark.campaign.trial;

import org.jspecify.annotations.NullMarked;
