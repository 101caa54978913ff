package io.quorumark.raft.state;

import com.alipay.sofa.jraft.Closure;
import io.quorumark.raft.command.WriteResult;

/** A write that waits for its command to be applied; {@link #run} is only called where it was not, or where that is unknown. */
public interface AppliedCallback extends Closure {
    /** The command was applied, and committed to the state's engine. Called on the thread that applies. */
    void onApplied(WriteResult result);

    /** When the write was called, by {@link System#nanoTime}. */
    long submittedNanos();
}
