package io.quorumark.engine.memory;

/** Applies the changes of a record to the keyspaces. Writer only. */
final class Apply {
    private final VersionedMap[] keyspaces;
    private final KeyProbe key = new KeyProbe();
    private final KeyProbe end = new KeyProbe();

    Apply(VersionedMap[] keyspaces) {
        this.keyspaces = keyspaces;
    }

    /**
     * Applies what stands from one index up to another.
     *
     * @throws IllegalArgumentException the bytes are no {@link Change}s
     */
    void run(byte[] bytes, int from, int to, long sequence) {
        int at = from;
        while (at < to) {
            byte kind = bytes[at];
            VersionedMap keyspace = keyspace(bytes[at + 1]);
            int keyLength = ((bytes[at + 2] & 0xFF) << 8) | (bytes[at + 3] & 0xFF);
            int valueLength = Ints.read(bytes, at + 4);
            int keyAt = at + Change.HEADER_BYTES;
            int valueAt = keyAt + keyLength;
            at = valueAt + valueLength;
            if (valueLength < 0 || at > to) {
                throw new IllegalArgumentException("a change of kind " + kind + " runs beyond its record");
            }
            key.at(bytes, keyAt, valueAt);
            switch (kind) {
                case Change.PUT -> keyspace.put(key, bytes, valueAt, at, sequence);
                case Change.DELETE -> keyspace.delete(key, sequence);
                case Change.DELETE_RANGE -> keyspace.deleteRange(key, end.at(bytes, valueAt, at), sequence);
                default -> throw new IllegalArgumentException("a change has unknown kind " + kind);
            }
        }
    }

    private VersionedMap keyspace(int ordinal) {
        if (ordinal < 0 || ordinal >= keyspaces.length) {
            throw new IllegalArgumentException("keyspace " + ordinal + " of " + keyspaces.length);
        }
        return keyspaces[ordinal];
    }
}
