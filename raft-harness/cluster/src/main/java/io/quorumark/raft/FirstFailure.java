package io.quorumark.raft;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps the first failure of a member: what follows is its consequence. */
final class FirstFailure implements Consumer<Throwable> {
    private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();

    @Override
    public void accept(Throwable failure) {
        first.compareAndSet(null, failure);
    }

    @Nullable
    Throwable get() {
        return first.get();
    }
}
