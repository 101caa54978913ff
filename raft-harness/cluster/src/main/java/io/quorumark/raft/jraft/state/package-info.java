/**
 * A member's {@link io.quorumark.raft.state.StateStore} as the Raft library's state machine.
 *
 * <p><b>Errors:</b> engines' exceptions go to the member's failure sink and stop the member: it never answers for a write that its engine
 * did not take.
 */
@NullMarked
package io.quorumark.raft.jraft.state;

import org.jspecify.annotations.NullMarked;
