package io.quorumark.engine.tck;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Reader;
import io.quorumark.engine.Session;
import io.quorumark.engine.Snapshot;
import io.quorumark.engine.WriteBatch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An engine and the sorted maps that say what it must hold. */
final class ProgramState implements AutoCloseable {
    private final EngineProvider provider;
    private final EngineConfig config;
    private final List<NavigableMap<String, String>> models = List.of(new TreeMap<>(), new TreeMap<>());
    private KVEngine engine;
    private Session session;
    private @Nullable Snapshot snapshot;
    private List<? extends NavigableMap<String, String>> frozen = List.of();

    ProgramState(EngineProvider provider, EngineConfig config) {
        this.provider = provider;
        this.config = config;
        this.engine = provider.open(config);
        this.session = engine.openSession();
    }

    Session session() {
        return session;
    }

    Keyspace keyspace(int space) {
        return config.keyspaces().get(space);
    }

    Durability durability() {
        return config.durability();
    }

    NavigableMap<String, String> model(int space) {
        return models.get(space);
    }

    void openSnapshot() {
        closeSnapshot();
        snapshot = session.openSnapshot();
        frozen = models.stream().map(model -> new TreeMap<>(model)).toList();
    }

    void compareSnapshot(Step step) {
        Snapshot open = snapshot;
        if (open != null) {
            for (int space = 0; space < frozen.size(); space++) {
                compareAll(step, open, frozen.get(space), space);
            }
        }
    }

    private void closeSnapshot() {
        if (snapshot != null) {
            snapshot.close();
            snapshot = null;
        }
    }

    void reopen() {
        engine.sync();
        close();
        engine = provider.open(config);
        session = engine.openSession();
    }

    /** Empties it for the next program. */
    void clear() {
        closeSnapshot();
        try (WriteBatch batch = session.newBatch()) {
            for (int space = 0; space < models.size(); space++) {
                for (String key : models.get(space).keySet()) {
                    batch.delete(keyspace(space), Bytes.of(key));
                }
                models.get(space).clear();
            }
            session.commit(batch, durability());
        }
    }

    void compareAll(Object step, Reader reader, Map<String, String> model, int space) {
        List<String> expected = new ArrayList<>();
        model.forEach((key, value) -> expected.add(key + "=" + value));
        String context = step + ", keyspace '" + keyspace(space).name() + "'";
        sameRecords(context + " first to last", expected, Bytes.forwards(reader, keyspace(space)));
        Collections.reverse(expected);
        sameRecords(context + " last to first", expected, Bytes.backwards(reader, keyspace(space)));
    }

    void same(Object step, @Nullable String expected, @Nullable String found) {
        if (!Objects.equals(expected, found)) {
            throw new AssertionError(step + ": expected " + Shown.of(expected) + ", found " + Shown.of(found));
        }
    }

    private void sameRecords(String step, List<String> expected, List<String> found) {
        int records = Math.max(expected.size(), found.size());
        for (int at = 0; at < records; at++) {
            same(step + ", record " + (at + 1), recordAt(expected, at), recordAt(found, at));
        }
    }

    private static @Nullable String recordAt(List<String> records, int at) {
        return at < records.size() ? records.get(at) : null;
    }

    @Override
    public void close() {
        closeSnapshot();
        session.close();
        engine.close();
    }
}
