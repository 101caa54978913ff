package io.quorumark.raft;

import io.quorumark.raft.command.WriteResult;

/**
 * Learns how a write ended; exactly one method is called, once per write. May be used again for the next write as soon as it was called,
 * also from inside the call.
 *
 * <p>Called on the thread that applies the log, or another of the library's: it must not block, and what it throws is a defect that is
 * reported to the thread's uncaught-exception handler.
 */
public interface WriteCallback {
    /** The command was committed and applied on the member that answered. */
    void onSuccess(WriteResult result);

    void onFailure(RaftFailure failure);
}
