package io.quorumark.engine.mapdb;

import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Reader;
import io.quorumark.engine.support.KeyScratch;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The trees as a reader sees them: the live ones between commits, or a copy that nobody writes. */
interface Trees {
    /** The value, in an array of the caller's own; null if the key is not there. */
    byte @Nullable [] get(Keyspace keyspace, byte[] key);

    /** Fills a chunk with entries of one committed state. */
    void fill(EntryChunk chunk, Keyspace keyspace, EntryChunk.Start start);

    MapDbErrors errors();

    /** {@link Reader#get} over {@link #get(Keyspace, byte[])}; the scratch is the reader's. */
    default int get(Keyspace keyspace, KeyScratch scratch, ByteBuffer key, ByteBuffer target) {
        byte[] value = get(keyspace, scratch.of(key));
        if (value == null) {
            return Reader.NOT_FOUND;
        }
        if (value.length <= target.remaining()) {
            target.put(value);
        }
        return value.length;
    }
}
