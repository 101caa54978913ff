package io.quorumark.campaign.targets;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Keeps the first failure that is offered: the later ones mostly follow from it. Thread-safe. */
final class FirstFailure {
    private final AtomicReference<@Nullable String> first = new AtomicReference<>();

    void offer(String failure) {
        first.compareAndSet(null, failure);
    }

    @Nullable
    String get() {
        return first.get();
    }
}
