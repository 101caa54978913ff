package io.quorumark.raft.jraft.log;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alipay.sofa.jraft.conf.ConfigurationManager;
import com.alipay.sofa.jraft.entity.EnumOutter.EntryType;
import com.alipay.sofa.jraft.entity.LogEntry;
import com.alipay.sofa.jraft.entity.LogId;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.entity.codec.v2.LogEntryV2CodecFactory;
import com.alipay.sofa.jraft.option.LogStorageOptions;
import com.alipay.sofa.jraft.option.RaftMetaStorageOptions;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.KVEngine;
import io.quorumark.raft.Engines;
import io.quorumark.raft.FailingReads;
import io.quorumark.raft.RefusedVotes;
import io.quorumark.raft.StoreSpec;
import io.quorumark.raft.timing.WriteStages;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the log and the hard state must do on every engine that can carry a log. */
class LogStorageTest {
    @TempDir
    Path directory;

    static Stream<EngineProvider> engines() {
        return Engines.logEngines();
    }

    private void withLog(EngineProvider provider, Consumer<EngineLogStorage> use) {
        withLog(provider, new ConfigurationManager(), use);
    }

    private void withLog(EngineProvider provider, ConfigurationManager configurations, Consumer<EngineLogStorage> use) {
        StoreSpec spec = Engines.spec(provider);
        try (KVEngine engine = open(provider, spec);
                EngineLogStorage log = new EngineLogStorage(
                        engine, provider.capabilities(), spec.durability(), new WriteStages(), LogStorageTest::fail)) {
            LogStorageOptions options = new LogStorageOptions();
            options.setConfigurationManager(configurations);
            options.setLogEntryCodecFactory(LogEntryV2CodecFactory.getInstance());
            assertThat(log.init(options)).isTrue();
            use.accept(log);
        }
    }

    private KVEngine open(EngineProvider provider, StoreSpec spec) {
        return provider.open(EngineConfig.of(directory.resolve("log"), LogKeyspaces.ALL, spec.durability())
                .withMemoryBudgetBytes(spec.memoryBudgetBytes())
                .withMaxDataBytes(spec.maxDataBytes()));
    }

    private static void fail(Throwable failure) {
        throw new AssertionError(failure);
    }

    private static LogEntry data(long index) {
        LogEntry entry = new LogEntry(EntryType.ENTRY_TYPE_DATA);
        entry.setId(new LogId(index, 3));
        entry.setData(ByteBuffer.wrap(("entry " + index).getBytes(StandardCharsets.UTF_8)));
        return entry;
    }

    private static LogEntry configuration(long index, String... peers) {
        LogEntry entry = new LogEntry(EntryType.ENTRY_TYPE_CONFIGURATION);
        entry.setId(new LogId(index, 3));
        entry.setPeers(Stream.of(peers).map(PeerId::parsePeer).toList());
        return entry;
    }

    private static List<LogEntry> entries(long from, long to) {
        return LongStream.rangeClosed(from, to).mapToObj(LogStorageTest::data).toList();
    }

    private static void assertHolds(EngineLogStorage log, long first, long last) {
        assertThat(log.getFirstLogIndex()).isEqualTo(first);
        assertThat(log.getLastLogIndex()).isEqualTo(last);
        assertThat(log.getEntry(last + 1)).isNull();
        for (long index = first; index <= last; index++) {
            LogEntry entry = requireNonNull(log.getEntry(index));
            assertThat(entry.getId()).isEqualTo(new LogId(index, 3));
            assertThat(entry.getData()).isEqualTo(data(index).getData());
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void a_new_log_is_empty_and_starts_at_one(EngineProvider provider) {
        withLog(provider, log -> assertHolds(log, 1, 0));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void appended_entries_survive_reopening(EngineProvider provider) {
        withLog(provider, log -> {
            assertThat(log.appendEntry(data(1))).isTrue();
            assertThat(log.appendEntries(entries(2, 300))).isEqualTo(299);
            assertHolds(log, 1, 300);
        });
        withLog(provider, log -> assertHolds(log, 1, 300));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void a_dropped_prefix_stays_dropped(EngineProvider provider) {
        withLog(provider, log -> {
            log.appendEntries(entries(1, 300));
            assertThat(log.truncatePrefix(200)).isTrue();
            assertHolds(log, 200, 300);
        });
        withLog(provider, log -> {
            assertHolds(log, 200, 300);
            assertThat(log.truncatePrefix(301)).isTrue();
            assertHolds(log, 301, 300);
        });
        withLog(provider, log -> assertHolds(log, 301, 300));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void a_dropped_suffix_can_be_written_anew(EngineProvider provider) {
        withLog(provider, log -> {
            log.appendEntries(entries(1, 300));
            assertThat(log.truncateSuffix(100)).isTrue();
            assertHolds(log, 1, 100);
            log.appendEntries(entries(101, 150));
        });
        withLog(provider, log -> assertHolds(log, 1, 150));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void the_bounds_survive_a_reset(EngineProvider provider) {
        withLog(provider, log -> {
            log.appendEntries(entries(1, 50));
            assertThat(log.reset(1001)).isTrue();
            assertHolds(log, 1001, 1000);
        });
        withLog(provider, log -> {
            assertHolds(log, 1001, 1000);
            log.appendEntries(entries(1001, 1010));
        });
        withLog(provider, log -> assertHolds(log, 1001, 1010));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void configurations_are_replayed_from_the_first_index_on(EngineProvider provider) {
        withLog(provider, log -> {
            log.appendEntry(configuration(1, "a:1", "b:1", "c:1"));
            log.appendEntries(entries(2, 9));
            log.appendEntry(configuration(10, "a:1", "b:1"));
            log.appendEntry(configuration(11, "a:1"));
            log.truncateSuffix(10);
        });
        ConfigurationManager all = new ConfigurationManager();
        withLog(
                provider,
                all,
                log -> assertThat(all.get(9).getConf().listPeers()).hasSize(3));
        assertThat(all.getLastConfiguration().getId().getIndex()).isEqualTo(10);
        withLog(provider, log -> log.truncatePrefix(5));
        ConfigurationManager kept = new ConfigurationManager();
        withLog(
                provider,
                kept,
                log -> assertThat(kept.get(9).getConf().listPeers()).isEmpty());
        assertThat(kept.getLastConfiguration().getConf().listPeers()).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void term_and_vote_survive_reopening(EngineProvider provider) {
        StoreSpec spec = Engines.spec(provider);
        PeerId peer = PeerId.parsePeer("member-1.somewhere:1");
        try (KVEngine engine = open(provider, spec);
                EngineMetaStorage meta = new EngineMetaStorage(engine, spec.durability(), LogStorageTest::fail)) {
            assertThat(meta.init(new RaftMetaStorageOptions())).isTrue();
            assertThat(meta.getTerm()).isZero();
            assertThat(meta.getVotedFor().isEmpty()).isTrue();
            assertThat(meta.setTermAndVotedFor(7, peer)).isTrue();
        }
        try (KVEngine engine = open(provider, spec);
                EngineMetaStorage meta = new EngineMetaStorage(engine, spec.durability(), LogStorageTest::fail)) {
            assertThat(meta.init(new RaftMetaStorageOptions())).isTrue();
            assertThat(meta.getTerm()).isEqualTo(7);
            assertThat(meta.getVotedFor()).isEqualTo(peer);
            assertThat(meta.setVotedFor(PeerId.emptyPeer())).isTrue();
            assertThat(meta.setTerm(8)).isTrue();
        }
        try (KVEngine engine = open(provider, spec);
                EngineMetaStorage meta = new EngineMetaStorage(engine, spec.durability(), LogStorageTest::fail)) {
            assertThat(meta.init(new RaftMetaStorageOptions())).isTrue();
            assertThat(meta.getTerm()).isEqualTo(8);
            assertThat(meta.getVotedFor().isEmpty()).isTrue();
        }
    }

    @Test
    void a_vote_after_a_term_that_was_refused_is_stored_with_its_own_term() {
        RefusedVotes provider = new RefusedVotes(Engines.byId("rocksdb"));
        StoreSpec spec = Engines.spec(provider);
        PeerId peer = PeerId.parsePeer("member-1.somewhere:1");
        List<Throwable> failures = new ArrayList<>();
        try (KVEngine engine = open(provider, spec);
                EngineMetaStorage meta = new EngineMetaStorage(engine, spec.durability(), failures::add)) {
            assertThat(meta.init(new RaftMetaStorageOptions())).isTrue();
            assertThat(meta.setTermAndVotedFor(7, PeerId.parsePeer("member-2.somewhere:1")))
                    .isTrue();
            provider.refuseIn(directory);
            assertThat(meta.setTermAndVotedFor(8, PeerId.emptyPeer())).isFalse();
            assertThat(failures).singleElement().isInstanceOf(EngineException.Full.class);
            provider.heal();
            assertThat(meta.setVotedFor(peer)).isTrue();
        }
        try (KVEngine engine = open(provider, spec);
                EngineMetaStorage meta = new EngineMetaStorage(engine, spec.durability(), LogStorageTest::fail)) {
            assertThat(meta.init(new RaftMetaStorageOptions())).isTrue();
            assertThat(meta.getTerm()).isEqualTo(8);
            assertThat(meta.getVotedFor()).isEqualTo(peer);
        }
    }

    @Test
    void a_log_that_cannot_be_read_leaves_nothing_open_in_its_engine() {
        FailingReads provider = new FailingReads(Engines.byId("rocksdb"));
        StoreSpec spec = Engines.spec(provider);
        try (KVEngine engine = open(provider, spec)) {
            provider.damage();
            assertThatThrownBy(() -> new EngineLogStorage(
                            engine,
                            provider.capabilities(),
                            spec.durability(),
                            new WriteStages(),
                            LogStorageTest::fail))
                    .isInstanceOf(EngineException.Corruption.class);
        }
        provider.heal();
        withLog(provider, log -> assertThat(log.getLastLogIndex()).isZero());
    }
}
