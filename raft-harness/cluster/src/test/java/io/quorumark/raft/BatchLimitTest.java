package io.quorumark.raft;

import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.sofa.jraft.conf.ConfigurationManager;
import com.alipay.sofa.jraft.entity.EnumOutter.EntryType;
import com.alipay.sofa.jraft.entity.LogEntry;
import com.alipay.sofa.jraft.entity.LogId;
import com.alipay.sofa.jraft.entity.codec.v2.LogEntryV2CodecFactory;
import com.alipay.sofa.jraft.option.LogStorageOptions;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import io.quorumark.raft.command.CommandEncoder;
import io.quorumark.raft.command.WriteResult;
import io.quorumark.raft.jraft.log.EngineLogStorage;
import io.quorumark.raft.jraft.log.LogKeyspaces;
import io.quorumark.raft.nemesis.WrappedProvider;
import io.quorumark.raft.state.StateStore;
import io.quorumark.raft.timing.WriteStages;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A member keeps to what its engine takes in one batch. */
class BatchLimitTest {
    private static final long MAX_BATCH_BYTES = 64 << 10;
    private static final int RECORDS = 2000;
    private static final int VALUE_BYTES = 100;

    @TempDir
    Path folder;

    private final List<LimitedBatches> sessions = new ArrayList<>();

    private KVEngine open(List<Keyspace> keyspaces) {
        EngineProvider limited = new WrappedProvider(Engines.byId("memory")) {
            @Override
            protected Session wrap(Session session, EngineConfig config) {
                LimitedBatches made = new LimitedBatches(session, MAX_BATCH_BYTES);
                sessions.add(made);
                return made;
            }

            @Override
            protected long maxBatchBytes(KVEngine real) {
                return MAX_BATCH_BYTES;
            }
        };
        return limited.open(EngineConfig.of(folder.resolve("engine"), keyspaces, Durability.PROCESS_CRASH));
    }

    private int commits() {
        return sessions.stream().mapToInt(LimitedBatches::commits).sum();
    }

    private static LogEntry entry(long index) {
        LogEntry entry = new LogEntry(EntryType.ENTRY_TYPE_DATA);
        entry.setId(new LogId(index, 1));
        entry.setData(ByteBuffer.allocate(VALUE_BYTES));
        return entry;
    }

    private EngineLogStorage log(KVEngine engine) {
        EngineLogStorage log = new EngineLogStorage(
                engine, Engines.byId("memory").capabilities(), Durability.PROCESS_CRASH, new WriteStages(), failure -> {
                    throw new AssertionError(failure);
                });
        LogStorageOptions options = new LogStorageOptions();
        options.setConfigurationManager(new ConfigurationManager());
        options.setLogEntryCodecFactory(LogEntryV2CodecFactory.getInstance());
        assertThat(log.init(options)).isTrue();
        return log;
    }

    @Test
    void a_log_appends_and_truncates_in_batches_that_the_engine_takes() {
        try (KVEngine engine = open(LogKeyspaces.ALL);
                EngineLogStorage log = log(engine)) {
            assertThat(log.appendEntries(LongStream.rangeClosed(1, RECORDS)
                            .mapToObj(BatchLimitTest::entry)
                            .toList()))
                    .isEqualTo(RECORDS);
            assertThat(commits()).isGreaterThan(2);
            assertThat(log.getLastLogIndex()).isEqualTo(RECORDS);
            assertThat(log.getEntry(RECORDS)).isNotNull();

            assertThat(log.truncatePrefix(1001)).isTrue();
            assertThat(log.getFirstLogIndex()).isEqualTo(1001);
            assertThat(log.truncateSuffix(1100)).isTrue();
            assertThat(log.getLastLogIndex()).isEqualTo(1100);
            assertThat(log.getEntry(1101)).isNull();
            assertThat(log.appendEntries(LongStream.rangeClosed(1101, RECORDS)
                            .mapToObj(BatchLimitTest::entry)
                            .toList()))
                    .isEqualTo(RECORDS - 1100);
            assertThat(log.reset(5000)).isTrue();
            assertThat(log.getFirstLogIndex()).isEqualTo(5000);
            assertThat(log.getLastLogIndex()).isEqualTo(4999);
            Await.until("what was cut off is deleted", () -> log.undeletedEntries() == 0);
        }
    }

    private static byte[] key(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }

    private static boolean holds(StateStore store, KVEngine engine, int number) {
        try (Session session = engine.openSession()) {
            assertThat(store.isLoading()).isFalse();
            return session.get(StateStore.STATE, ByteBuffer.wrap(key(number)), ByteBuffer.allocate(VALUE_BYTES)) >= 0;
        }
    }

    @Test
    void a_state_applies_loads_and_clears_in_batches_that_the_engine_takes() {
        byte[] value = new byte[VALUE_BYTES];
        try (KVEngine engine = open(StateStore.KEYSPACES);
                StateStore store = new StateStore(engine, Durability.PROCESS_CRASH)) {
            long index = 0;
            for (int i = 0; i < RECORDS; i++) {
                byte[] put = CommandEncoder.put(key(i), Integer.BYTES, value, VALUE_BYTES);
                assertThat(store.apply(ByteBuffer.wrap(put), ++index)).isEqualTo(WriteResult.APPLIED);
            }
            byte[] range = CommandEncoder.deleteRange(key(0), Integer.BYTES, key(RECORDS - 1), Integer.BYTES);
            assertThat(store.apply(ByteBuffer.wrap(range), ++index)).isEqualTo(WriteResult.APPLIED);
            store.commit();
            assertThat(store.appliedIndex()).isEqualTo(index);
            assertThat(holds(store, engine, RECORDS - 2)).isFalse();
            assertThat(holds(store, engine, RECORDS - 1)).isTrue();

            store.beginLoad();
            for (int i = 0; i < RECORDS; i++) {
                store.load(ByteBuffer.wrap(key(RECORDS + i)), ByteBuffer.wrap(value));
            }
            store.endLoad(9000);
            assertThat(store.appliedIndex()).isEqualTo(9000);
            assertThat(holds(store, engine, RECORDS - 1)).isFalse();
            assertThat(holds(store, engine, RECORDS)).isTrue();
            assertThat(holds(store, engine, 2 * RECORDS - 1)).isTrue();

            store.beginLoad();
            store.endLoad(9001);
            assertThat(holds(store, engine, RECORDS)).isFalse();
            assertThat(commits()).isGreaterThan(10);
        }
    }
}
