package io.quorumark.raft.jraft.log;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.sofa.jraft.conf.ConfigurationManager;
import com.alipay.sofa.jraft.entity.EnumOutter.EntryType;
import com.alipay.sofa.jraft.entity.LogEntry;
import com.alipay.sofa.jraft.entity.LogId;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.entity.codec.v2.LogEntryV2CodecFactory;
import com.alipay.sofa.jraft.option.LogStorageOptions;
import com.alipay.sofa.jraft.option.RaftMetaStorageOptions;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.KVEngine;
import io.quorumark.raft.Engines;
import io.quorumark.raft.StoreSpec;
import io.quorumark.raft.store.KillPoints;
import io.quorumark.raft.timing.WriteStages;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A process that is killed at any commit of its log leaves the log as it was before that commit or after it, on every engine that can carry
 * a log.
 */
class LogKillPointTest {
    private static final long TERM = 3;

    @TempDir
    Path directory;

    static Stream<EngineProvider> engines() {
        return Engines.logEngines();
    }

    /** What a log holds. */
    private record Content(long first, long last, int configurations, long term) {}

    /** A folder as a kill would leave it. */
    private record Left(Path folder, Content expected) {}

    @ParameterizedTest
    @MethodSource("engines")
    void a_killed_log_is_as_before_the_commit_or_after_it(EngineProvider provider) {
        List<Left> left = new ArrayList<>();
        Path live = directory.resolve("live");
        Content[] now = {new Content(1, 0, 0, 0), new Content(1, 0, 0, 0)};
        EngineProvider watched = new KillPoints(provider, new ReentrantLock(), committed -> {
            Path copy = directory.resolve("left-" + left.size());
            KillPoints.copy(live, copy);
            left.add(new Left(copy, now[committed ? 1 : 0]));
        });
        StoreSpec spec = Engines.spec(provider);
        try (KVEngine engine = open(watched, live, spec);
                EngineLogStorage log = log(engine, spec, new ConfigurationManager());
                EngineMetaStorage meta = meta(engine, spec)) {
            step(now, new Content(1, 60, 0, 0), () -> log.appendEntries(entries(1, 60)));
            step(now, new Content(1, 61, 1, 0), () -> log.appendEntry(configuration(61)));
            step(now, new Content(1, 61, 1, 7), () -> meta.setTermAndVotedFor(7, PeerId.parsePeer("127.0.0.1:1")));
            step(now, new Content(1, 90, 1, 7), () -> log.appendEntries(entries(62, 90)));
            step(now, new Content(1, 70, 1, 7), () -> log.truncateSuffix(70));
            step(now, new Content(1, 80, 1, 7), () -> log.appendEntries(entries(71, 80)));
            step(now, new Content(40, 80, 1, 7), () -> log.truncatePrefix(40));
            step(now, new Content(40, 60, 0, 7), () -> log.truncateSuffix(60));
            step(now, new Content(500, 499, 0, 7), () -> log.reset(500));
            step(now, new Content(500, 520, 0, 7), () -> log.appendEntries(entries(500, 520)));
            step(now, new Content(521, 520, 0, 7), () -> log.truncatePrefix(521));
        }
        assertThat(left).hasSize(22);
        for (Left one : left) {
            assertHolds(provider, spec, one);
        }
    }

    private static void step(Content[] now, Content after, Runnable change) {
        now[1] = after;
        change.run();
        now[0] = after;
    }

    private static void assertHolds(EngineProvider provider, StoreSpec spec, Left left) {
        ConfigurationManager configurations = new ConfigurationManager();
        try (KVEngine engine = open(provider, left.folder(), spec);
                EngineLogStorage log = log(engine, spec, configurations);
                EngineMetaStorage meta = meta(engine, spec)) {
            Content expected = left.expected();
            assertThat(new Content(
                            log.getFirstLogIndex(),
                            log.getLastLogIndex(),
                            configurations.getLastConfiguration().getId().getIndex() > 0 ? 1 : 0,
                            meta.getTerm()))
                    .as(left.folder().toString())
                    .isEqualTo(expected);
            for (long index = expected.first(); index <= expected.last(); index++) {
                assertThat(requireNonNull(log.getEntry(index)).getId()).isEqualTo(new LogId(index, TERM));
            }
            // and it goes on
            assertThat(log.appendEntry(data(expected.last() + 1))).isTrue();
        }
    }

    private static KVEngine open(EngineProvider provider, Path folder, StoreSpec spec) {
        return provider.open(EngineConfig.of(folder, LogKeyspaces.ALL, spec.durability())
                .withMemoryBudgetBytes(spec.memoryBudgetBytes())
                .withMaxDataBytes(64L << 20));
    }

    private static EngineLogStorage log(KVEngine engine, StoreSpec spec, ConfigurationManager configurations) {
        EngineLogStorage log = new EngineLogStorage(
                engine,
                spec.provider().capabilities(),
                spec.durability(),
                new WriteStages(),
                LogKillPointTest::fail,
                TimeUnit.HOURS.toNanos(1));
        LogStorageOptions options = new LogStorageOptions();
        options.setConfigurationManager(configurations);
        options.setLogEntryCodecFactory(LogEntryV2CodecFactory.getInstance());
        assertThat(log.init(options)).isTrue();
        return log;
    }

    private static EngineMetaStorage meta(KVEngine engine, StoreSpec spec) {
        EngineMetaStorage meta = new EngineMetaStorage(engine, spec.durability(), LogKillPointTest::fail);
        assertThat(meta.init(new RaftMetaStorageOptions())).isTrue();
        return meta;
    }

    private static void fail(Throwable failure) {
        throw new AssertionError(failure);
    }

    private static LogEntry data(long index) {
        LogEntry entry = new LogEntry(EntryType.ENTRY_TYPE_DATA);
        entry.setId(new LogId(index, TERM));
        entry.setData(ByteBuffer.wrap(("entry " + index).getBytes(StandardCharsets.UTF_8)));
        return entry;
    }

    private static LogEntry configuration(long index) {
        LogEntry entry = new LogEntry(EntryType.ENTRY_TYPE_CONFIGURATION);
        entry.setId(new LogId(index, TERM));
        entry.setPeers(List.of(PeerId.parsePeer("127.0.0.1:1")));
        return entry;
    }

    private static List<LogEntry> entries(long from, long to) {
        return LongStream.rangeClosed(from, to).mapToObj(LogKillPointTest::data).toList();
    }
}
