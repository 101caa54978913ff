package io.quorumark.engine.mapdb;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Snapshot;
import io.quorumark.engine.support.Handles;
import io.quorumark.engine.support.KeyScratch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A copy of the store in a temporary file of its own, which goes when this closes. */
final class MapDbSnapshot implements Snapshot, Trees {
    private final MapDbErrors errors;
    private final Handles siblings;
    private final Handles children;
    private final KeyScratch scratch = new KeyScratch();
    private final MapDbStore copy;
    private final Path file;
    private boolean closed;

    /** @param copy owned by this snapshot from now on */
    MapDbSnapshot(MapDbEngine engine, Handles siblings, MapDbStore copy, Path file) {
        this.errors = engine.errors();
        this.siblings = siblings;
        this.children = new Handles("snapshot of " + engine);
        this.copy = copy;
        this.file = file;
    }

    @Override
    public int get(Keyspace keyspace, ByteBuffer key, ByteBuffer target) {
        checkOpen();
        return get(keyspace, scratch, key, target);
    }

    @Override
    public Cursor openCursor(Keyspace keyspace) {
        checkOpen();
        return children.add(new MapDbCursor(this, keyspace, children), "cursor");
    }

    @Override
    public byte @Nullable [] get(Keyspace keyspace, byte[] key) {
        try {
            return copy.tree(keyspace.ordinal()).get(key);
        } catch (RuntimeException e) {
            throw errors.translate("get", e);
        }
    }

    @Override
    public void fill(EntryChunk chunk, Keyspace keyspace, EntryChunk.Start start) {
        try {
            chunk.fill(copy.tree(keyspace.ordinal()), start);
        } catch (RuntimeException e) {
            throw errors.translate("cursor move", e);
        }
    }

    @Override
    public MapDbErrors errors() {
        return errors;
    }

    @Override
    public void close() {
        if (children.close()) {
            closed = true;
            siblings.remove(this);
            try {
                copy.close();
                Files.delete(file);
            } catch (IOException | RuntimeException e) {
                throw errors.translate("close of a snapshot", e);
            }
        }
    }

    private void checkOpen() {
        if (closed) {
            throw errors.closed("snapshot");
        }
    }
}
