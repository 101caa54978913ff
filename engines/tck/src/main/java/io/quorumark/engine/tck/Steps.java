package io.quorumark.engine.tck;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.Session;
import io.quorumark.engine.WriteBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.function.Function;
import java.util.stream.Collectors;
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

        @Override
        public List<Step> simpler() {
            List<Step> simpler = new ArrayList<>(withShorter(key, 1, shorter -> new Put(space, shorter, value)));
            simpler.addAll(withShorter(value, 0, shorter -> new Put(space, key, shorter)));
            return simpler;
        }

        @Override
        public String toString() {
            return "put " + record(space, key) + " = " + Shown.of(value);
        }
    }

    record Delete(int space, String key) implements Step {
        @Override
        public void run(ProgramState state) {
            state.session().delete(state.keyspace(space), Bytes.of(key), state.durability());
            state.model(space).remove(key);
        }

        @Override
        public List<Step> simpler() {
            return withShorter(key, 1, shorter -> new Delete(space, shorter));
        }

        @Override
        public String toString() {
            return "delete " + record(space, key);
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

        @Override
        public String toString() {
            return "put " + record(space, key) + " = " + Shown.of(value);
        }
    }

    record BatchDelete(int space, String key) implements Change {
        @Override
        public void addTo(WriteBatch batch, ProgramState state) {
            batch.delete(state.keyspace(space), Bytes.of(key));
            state.model(space).remove(key);
        }

        @Override
        public String toString() {
            return "delete " + record(space, key);
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

        @Override
        public String toString() {
            return "delete range " + record(space, from) + " to " + Shown.of(to);
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

        @Override
        public List<Step> simpler() {
            return withOneLess(changes, Commit::new);
        }

        @Override
        public String toString() {
            return changes.stream().map(Object::toString).collect(Collectors.joining("; ", "commit {", "}"));
        }
    }

    record Get(int space, String key) implements Step {
        @Override
        public void run(ProgramState state) {
            state.same(this, state.model(space).get(key), Bytes.get(state.session(), state.keyspace(space), key));
        }

        @Override
        public List<Step> simpler() {
            return withShorter(key, 1, shorter -> new Get(space, shorter));
        }

        @Override
        public String toString() {
            return "get " + record(space, key);
        }
    }

    /** Seeks, then moves up ({@code true}) and down. */
    record Walk(int space, String from, List<Boolean> ups) implements Step {
        @Override
        public void run(ProgramState state) {
            NavigableMap<String, String> model = state.model(space);
            try (Cursor cursor = state.session().openCursor(state.keyspace(space))) {
                String at = keyAfter(cursor.seekCeiling(Bytes.of(from)), cursor);
                state.same(this + ", its seek", model.ceilingKey(from), at);
                int move = 0;
                for (boolean up : ups) {
                    if (at == null) {
                        return;
                    }
                    move++;
                    state.same(this + ", the value of " + Shown.of(at), model.get(at), Bytes.text(cursor.value()));
                    String expected = up ? model.higherKey(at) : model.lowerKey(at);
                    String from = at;
                    at = keyAfter(up ? cursor.next() : cursor.prev(), cursor);
                    state.same(this + ", its move " + move + " from " + Shown.of(from), expected, at);
                }
            }
        }

        @Override
        public List<Step> simpler() {
            return withOneLess(ups, fewer -> new Walk(space, from, fewer));
        }

        @Override
        public String toString() {
            return "walk from " + record(space, from) + " "
                    + ups.stream().map(up -> up ? "up" : "down").toList();
        }
    }

    record Seek(int space, String key) implements Step {
        @Override
        public void run(ProgramState state) {
            NavigableMap<String, String> model = state.model(space);
            try (Cursor cursor = state.session().openCursor(state.keyspace(space))) {
                state.same(this + ", floor", model.floorKey(key), keyAfter(cursor.seekFloor(Bytes.of(key)), cursor));
                state.same(
                        this + ", ceiling", model.ceilingKey(key), keyAfter(cursor.seekCeiling(Bytes.of(key)), cursor));
                state.same(
                        this + ", first", model.isEmpty() ? null : model.firstKey(), keyAfter(cursor.first(), cursor));
                state.same(this + ", last", model.isEmpty() ? null : model.lastKey(), keyAfter(cursor.last(), cursor));
            }
        }

        @Override
        public List<Step> simpler() {
            return withShorter(key, 1, shorter -> new Seek(space, shorter));
        }

        @Override
        public String toString() {
            return "seek " + record(space, key);
        }
    }

    record CompareAll(int space) implements Step {
        @Override
        public void run(ProgramState state) {
            state.compareAll(this, state.session(), state.model(space), space);
        }

        @Override
        public String toString() {
            return "read all of '" + Kit.KEYSPACES.get(space).name() + "'";
        }
    }

    /** Closes the one that is open. */
    record OpenSnapshot() implements Step {
        @Override
        public void run(ProgramState state) {
            state.openSnapshot();
        }

        @Override
        public String toString() {
            return "open a snapshot";
        }
    }

    /** Does nothing if none is open. */
    record CompareSnapshot() implements Step {
        @Override
        public void run(ProgramState state) {
            state.compareSnapshot(this);
        }

        @Override
        public String toString() {
            return "read all of the snapshot";
        }
    }

    record Reopen() implements Step {
        @Override
        public void run(ProgramState state) {
            state.reopen();
        }

        @Override
        public String toString() {
            return "sync, close and open again";
        }
    }

    private static @Nullable String keyAfter(boolean onEntry, Cursor cursor) {
        return onEntry ? Bytes.text(cursor.key()) : null;
    }

    private static String record(int space, String key) {
        return Kit.KEYSPACES.get(space).name() + "/" + Shown.of(key);
    }

    /** The step with a text of {@code minLength} characters, of half the length, and of one character less. */
    private static List<Step> withShorter(String text, int minLength, Function<String, Step> step) {
        List<Step> simpler = new ArrayList<>();
        for (int length : new int[] {minLength, text.length() / 2, text.length() - 1}) {
            if (length >= minLength && length < text.length()) {
                simpler.add(step.apply(text.substring(0, length)));
            }
        }
        return simpler;
    }

    /** The step with nothing of its list, and with each one left out. */
    private static <T> List<Step> withOneLess(List<T> list, Function<List<T>, Step> step) {
        List<Step> simpler = new ArrayList<>();
        if (list.size() > 1) {
            simpler.add(step.apply(List.of()));
        }
        for (int left = 0; left < list.size(); left++) {
            List<T> fewer = new ArrayList<>(list);
            fewer.remove(left);
            simpler.add(step.apply(List.copyOf(fewer)));
        }
        return simpler;
    }
}
