package io.quorumark.engine.memory;

import java.util.List;

/** Applies a record's changes to the keyspaces at one sequence. */
record Apply(List<VersionedMap> keyspaces, long sequence, long oldestInUse) implements Change.Visitor {
    @Override
    public void put(int keyspace, KeyProbe key, byte[] value) {
        keyspace(keyspace).write(key, value, sequence, oldestInUse);
    }

    @Override
    public void delete(int keyspace, KeyProbe key) {
        keyspace(keyspace).write(key, null, sequence, oldestInUse);
    }

    @Override
    public void deleteRange(int keyspace, byte[] fromInclusive, byte[] toExclusive) {
        keyspace(keyspace).deleteRange(fromInclusive, toExclusive, sequence, oldestInUse);
    }

    private VersionedMap keyspace(int ordinal) {
        if (ordinal < 0 || ordinal >= keyspaces.size()) {
            throw new IllegalArgumentException("keyspace " + ordinal + " of " + keyspaces.size());
        }
        return keyspaces.get(ordinal);
    }
}
