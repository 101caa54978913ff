package org.example.tiny;

import io.quorumark.engine.support.HeapBatch.Change;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The content of all keyspaces after a commit. Its maps never change once others see it: whoever holds it has a snapshot. */
record State(List<NavigableMap<byte[], byte[]>> maps) {
    static State empty(int keyspaces) {
        List<NavigableMap<byte[], byte[]>> maps = new ArrayList<>();
        for (int i = 0; i < keyspaces; i++) {
            maps.add(new TreeMap<>(Arrays::compareUnsigned));
        }
        return new State(maps);
    }

    State after(List<Change> changes) {
        List<NavigableMap<byte[], byte[]>> next = new ArrayList<>(maps);
        boolean[] isCopied = new boolean[maps.size()];
        for (Change change : changes) {
            int ordinal = change.keyspaceOrdinal();
            if (!isCopied[ordinal]) {
                isCopied[ordinal] = true;
                next.set(ordinal, new TreeMap<>(maps.get(ordinal)));
            }
            apply(change, next.get(ordinal));
        }
        return new State(next);
    }

    private static void apply(Change change, NavigableMap<byte[], byte[]> map) {
        switch (change.kind()) {
            case PUT -> map.put(change.first(), change.second());
            case DELETE -> map.remove(change.first());
            case DELETE_RANGE -> {
                if (Arrays.compareUnsigned(change.first(), change.second()) < 0) {
                    map.subMap(change.first(), change.second()).clear();
                }
            }
        }
    }

    long keys() {
        return maps.stream().mapToLong(NavigableMap::size).sum();
    }
}
