package io.quorumark.app.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.campaign.engine.Engines;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Reader;
import io.quorumark.engine.Session;
import io.quorumark.engine.WriteBatch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How an engine is used: what {@link KVEngine} and the README show, on every engine that keeps data. */
class EngineTutorialTest {
    @TempDir
    Path folder;

    static List<EngineProvider> engines() {
        return Engines.onClassPath().retainingData();
    }

    @ParameterizedTest
    @MethodSource("engines")
    void what_is_committed_can_be_read(EngineProvider provider) {
        ByteBuffer key = StandardCharsets.UTF_8.encode("order:1");
        ByteBuffer value = StandardCharsets.UTF_8.encode("two apples");
        ByteBuffer found = ByteBuffer.allocateDirect(100);
        Durability level = Collections.max(provider.capabilities().durabilities());
        // example
        Keyspace orders = new Keyspace(0, "orders");
        EngineConfig config = EngineConfig.of(folder, List.of(orders), level);
        try (KVEngine engine = provider.open(config);
                Session session = engine.openSession();
                WriteBatch batch = session.newBatch()) {
            batch.put(orders, key, value);
            session.commit(batch, level); // survives what the level says from here on
            if (session.get(orders, key, found) == Reader.NOT_FOUND) {
                throw new NoSuchElementException("no such order");
            }
        }
        // end of example
        assertThat(found.flip()).isEqualTo(value);
    }

    @Test
    void documents_show_what_is_tested() {
        String example = Example.testedBy(EngineTutorialTest.class);

        assertThat(Example.ofClassComment("engines/api/src/main/java/io/quorumark/engine/KVEngine.java"))
                .isEqualTo(example);
    }
}
