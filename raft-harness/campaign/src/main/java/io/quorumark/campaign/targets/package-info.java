/**
 * Joins the workloads' driver to what is measured: an engine, a state machine, a replicated cluster. The only code that sees both an
 * operation and an engine.
 *
 * <p>On the measured path nothing is allocated but what the Raft library's own interface needs: one command per write.
 */
@NullMarked
package io.quorumark.campaign.targets;

import org.jspecify.annotations.NullMarked;
