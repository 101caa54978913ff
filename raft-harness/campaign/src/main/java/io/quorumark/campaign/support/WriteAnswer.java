package io.quorumark.campaign.support;

import io.quorumark.raft.RaftFailure;
import io.quorumark.raft.WriteCallback;
import io.quorumark.raft.command.WriteResult;
import java.util.concurrent.CompletableFuture;

/** One write's answer, to be waited for; fails with a {@link HarnessException} if the write does. */
public final class WriteAnswer extends CompletableFuture<WriteResult> implements WriteCallback {
    @Override
    public void onSuccess(WriteResult result) {
        complete(result);
    }

    @Override
    public void onFailure(RaftFailure failure) {
        completeExceptionally(new HarnessException(failure.code() + ": " + failure.detail()));
    }
}
