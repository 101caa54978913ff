package io.quorumark.engine.tck;

import io.quorumark.engine.Ability;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the kits of all themes need: a provider, a folder, two keyspaces. */
abstract class Kit {
    static final List<Keyspace> KEYSPACES = Keyspace.listOf("one", "two");
    static final Keyspace ONE = KEYSPACES.get(0);
    static final Keyspace TWO = KEYSPACES.get(1);

    @TempDir
    Path folder;

    abstract EngineProvider provider();

    @BeforeEach
    void requireTheEngine() {
        Availability.check(provider());
    }

    Durability weakest() {
        return Collections.min(provider().capabilities().durabilities());
    }

    boolean claims(Ability ability) {
        return provider().capabilities().has(ability);
    }

    EngineConfig config(Durability durability) {
        return EngineConfig.of(folder.resolve("engine"), KEYSPACES, durability).withMaxDataBytes(1L << 30);
    }

    KVEngine open() {
        return provider().open(config(weakest()));
    }
}
