package io.quorumark.raft;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Why a member stopped working: the first failure that it is told, of which those that follow are consequences. Thread-safe. */
public final class MemberFailure implements Consumer<Throwable> {
    private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();

    @Override
    public void accept(Throwable failure) {
        first.compareAndSet(null, failure);
    }

    /** Null while all is well. */
    public @Nullable Throwable get() {
        return first.get();
    }
}
