package io.quorumark.engine.tck.lies;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Content of all keyspaces: one sorted map each, never changed once it is visible. */
record ToyState(List<NavigableMap<byte[], byte[]>> maps) {
    static ToyState empty(int keyspaces, Lie lie) {
        Comparator<byte[]> order = lie == Lie.SIGNED_ORDER ? Arrays::compare : Arrays::compareUnsigned;
        List<NavigableMap<byte[], byte[]>> maps = new ArrayList<>();
        for (int i = 0; i < keyspaces; i++) {
            maps.add(new TreeMap<>(order));
        }
        return new ToyState(maps);
    }

    ToyState copy() {
        List<NavigableMap<byte[], byte[]>> copies = new ArrayList<>();
        maps.forEach(map -> copies.add(new TreeMap<>(map)));
        return new ToyState(copies);
    }
}
