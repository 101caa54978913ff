/**
 * One trial, inside its own JVM: start, load, warm-up, measure, settle, verify. {@link io.quorumark.app.trial.TrialMain} is the JVM's main
 * class; {@link io.quorumark.app.trial.TrialRunner} is the order of events.
 */
@NullMarked
package io.quorumark.app.trial;

import org.jspecify.annotations.NullMarked;
