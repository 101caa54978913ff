package io.quorumark.engine.tck;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.Session;
import io.quorumark.engine.WriteBatch;
import java.util.List;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/** The steps of random programs; their text is what a failing program is shown as. */
final class Steps {
    private Steps() {}

    record Put(int space, String key, String value) implements Step {
        @Override
        public void run(ProgramState state) {
            state.session().put(state.keyspace(space), Bytes.of(key), Bytes.of(value), state.durability());
            state.model(space).put(key, value);
        }
    }

    record Delete(int space, String key) implements Step {
        @Override
        public void run(ProgramState state) {
            state.session().delete(state.keyspace(space), Bytes.of(key), state.durability());
            state.model(space).remove(key);
        }
    }

    /** One change of a batch. */
    interface Change {
        void addTo(WriteBatch batch, ProgramState state);
    }

    record BatchPut(int space, String key, String value) implements Change {
        @Override
        public void addTo(WriteBatch batch, ProgramState state) {
            batch.put(state.keyspace(space), Bytes.of(key), Bytes.of(value));
            state.model(space).put(key, value);
        }
    }

    record BatchDelete(int space, String key) implements Change {
        @Override
        public void addTo(WriteBatch batch, ProgramState state) {
            batch.delete(state.keyspace(space), Bytes.of(key));
            state.model(space).remove(key);
        }
    }

    record BatchDeleteRange(int space, String from, String to) implements Change {
        @Override
        public void addTo(WriteBatch batch, ProgramState state) {
            batch.deleteRange(state.keyspace(space), Bytes.of(from), Bytes.of(to));
            if (from.compareTo(to) < 0) {
                state.model(space).subMap(from, to).clear();
            }
        }
    }

    record Commit(List<Change> changes) implements Step {
        @Override
        public void run(ProgramState state) {
            Session session = state.session();
            try (WriteBatch batch = session.newBatch()) {
                changes.forEach(change -> change.addTo(batch, state));
                session.commit(batch, state.durability());
            }
        }
    }

    record Get(int space, String key) implements Step {
        @Override
        public void run(ProgramState state) {
            state.same(this, state.model(space).get(key), Bytes.get(state.session(), state.keyspace(space), key));
        }
    }

    /** Seeks, then moves up ({@code true}) and down. */
    record Walk(int space, String from, List<Boolean> ups) implements Step {
        @Override
        public void run(ProgramState state) {
            NavigableMap<String, String> model = state.model(space);
            try (Cursor cursor = state.session().openCursor(state.keyspace(space))) {
                String at = keyAfter(cursor.seekCeiling(Bytes.of(from)), cursor);
                state.same(this, model.ceilingKey(from), at);
                for (boolean up : ups) {
                    if (at == null) {
                        return;
                    }
                    state.same(this, model.get(at), Bytes.text(cursor.value()));
                    String expected = up ? model.higherKey(at) : model.lowerKey(at);
                    at = keyAfter(up ? cursor.next() : cursor.prev(), cursor);
                    state.same(this, expected, at);
                }
            }
        }
    }

    record Seek(int space, String key) implements Step {
        @Override
        public void run(ProgramState state) {
            NavigableMap<String, String> model = state.model(space);
            try (Cursor cursor = state.session().openCursor(state.keyspace(space))) {
                state.same(this, model.floorKey(key), keyAfter(cursor.seekFloor(Bytes.of(key)), cursor));
                state.same(this, model.ceilingKey(key), keyAfter(cursor.seekCeiling(Bytes.of(key)), cursor));
                state.same(this, model.isEmpty() ? null : model.firstKey(), keyAfter(cursor.first(), cursor));
                state.same(this, model.isEmpty() ? null : model.lastKey(), keyAfter(cursor.last(), cursor));
            }
        }
    }

    record CompareAll(int space) implements Step {
        @Override
        public void run(ProgramState state) {
            state.compareAll(this, state.session(), state.model(space), space);
        }
    }

    /** Closes the one that is open. */
    record OpenSnapshot() implements Step {
        @Override
        public void run(ProgramState state) {
            state.openSnapshot();
        }
    }

    /** Does nothing where none is open. */
    record CompareSnapshot() implements Step {
        @Override
        public void run(ProgramState state) {
            state.compareSnapshot(this);
        }
    }

    record Reopen() implements Step {
        @Override
        public void run(ProgramState state) {
            state.reopen();
        }
    }

    private static @Nullable String keyAfter(boolean onEntry, Cursor cursor) {
        return onEntry ? Bytes.text(cursor.key()) : null;
    }
}
