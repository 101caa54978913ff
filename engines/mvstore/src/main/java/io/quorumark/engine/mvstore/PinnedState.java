package io.quorumark.engine.mvstore;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.RootReference;

/**
 * The maps' roots after one commit. As long as it has users, MVStore is told to keep that version: without, compaction takes its chunks.
 */
final class PinnedState {
    private final MVStore store;
    private final MVStore.TxCounter version;
    private final List<RootReference<byte[], byte[]>> roots;
    /** The first one is being the latest. */
    private final AtomicInteger users = new AtomicInteger(1);

    /** By the writer, after its commit. */
    PinnedState(MVStore store, List<RootReference<byte[], byte[]>> roots) {
        this.store = store;
        this.roots = roots;
        this.version = store.registerVersionUsage();
    }

    RootReference<byte[], byte[]> root(int ordinal) {
        return roots.get(ordinal);
    }

    /** @return false if it is no longer kept */
    boolean tryUse() {
        int now = users.get();
        while (now > 0) {
            if (users.compareAndSet(now, now + 1)) {
                return true;
            }
            now = users.get();
        }
        return false;
    }

    void release() {
        if (users.decrementAndGet() == 0) {
            store.deregisterVersionUsage(version);
        }
    }
}
