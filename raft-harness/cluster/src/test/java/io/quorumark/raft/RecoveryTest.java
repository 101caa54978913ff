package io.quorumark.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alipay.sofa.jraft.entity.EnumOutter.EntryType;
import com.alipay.sofa.jraft.entity.LogEntry;
import com.alipay.sofa.jraft.entity.LogId;
import com.alipay.sofa.jraft.entity.PeerId;
import io.quorumark.engine.Durability;
import io.quorumark.engine.KVEngine;
import io.quorumark.raft.jraft.log.EngineLogStorage;
import io.quorumark.raft.jraft.log.LogKeyspaces;
import io.quorumark.raft.store.StoreMark;
import io.quorumark.raft.timing.WriteStages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a member makes of the folder it finds. */
class RecoveryTest {
    private static final String ANOTHER_BOOT = "another-boot";

    @TempDir
    Path directory;

    private static StoreSpec rocksdb(Durability durability) {
        return StoreSpec.of(Engines.byId("rocksdb"), durability);
    }

    private ClusterConfig config(StoreSpec log, StoreSpec state) {
        return ClusterConfig.of(directory, log, state).withElectionTimeout(Duration.ofMillis(300));
    }

    private ContentDigest fill(ClusterConfig config) {
        try (Group group = Group.start(config)) {
            group.putMany("k", 500);
            for (Member member : group.cluster().members()) {
                Group.answer(member.snapshot());
            }
            group.putMany("l", 500);
            return group.assertSameContent();
        }
    }

    private Path markOf(int member) {
        return directory.resolve("member-" + member + "/stores.properties");
    }

    private void pretendMember0WasKilled(String bootId) {
        StoreMark mark = StoreMark.read(markOf(0)).orElseThrow();
        String boot = bootId.isEmpty() ? mark.bootId() : bootId;
        new StoreMark(boot, StoreMark.End.UNCLEAN, mark.log(), mark.state()).write(markOf(0));
    }

    private void assertStartsWith(ClusterConfig config, ContentDigest content, String stateOrigin) {
        try (Group group = Group.start(config)) {
            assertThat(group.cluster().members().get(0).stateOrigin()).startsWith(stateOrigin);
            group.put("more", "value");
            group.delete("more");
            assertThat(group.assertSameContent().sameContent(content)).isTrue();
        }
    }

    @Test
    void a_crash_consistent_state_is_kept_after_a_kill() {
        ClusterConfig config = config(rocksdb(Durability.PROCESS_CRASH), rocksdb(Durability.PROCESS_CRASH));
        ContentDigest content = fill(config);
        pretendMember0WasKilled("");
        assertStartsWith(config, content, "kept");
    }

    @Test
    void a_state_at_no_durability_is_rebuilt_from_snapshot_and_log_after_a_kill() {
        ClusterConfig config = config(rocksdb(Durability.PROCESS_CRASH), rocksdb(Durability.NONE));
        ContentDigest content = fill(config);
        pretendMember0WasKilled("");
        assertStartsWith(config, content, "rebuilt: it was written at NONE");
    }

    @Test
    void a_state_at_no_durability_is_kept_after_an_orderly_stop() {
        ClusterConfig config = config(rocksdb(Durability.PROCESS_CRASH), rocksdb(Durability.NONE));
        assertStartsWith(config, fill(config), "kept");
    }

    @Test
    void a_log_at_no_durability_is_refused_after_a_kill() {
        ClusterConfig config = config(rocksdb(Durability.NONE), rocksdb(Durability.NONE));
        fill(config);
        pretendMember0WasKilled("");
        assertThatThrownBy(() -> LocalCluster.start(config))
                .isInstanceOf(ClusterException.UntrustedStore.class)
                .hasMessageContaining("written at NONE and the member was not stopped in an orderly way");
    }

    @Test
    void a_state_that_is_not_crash_consistent_is_rebuilt_from_snapshot_and_log_after_a_kill() {
        ClusterConfig config = config(rocksdb(Durability.PROCESS_CRASH), Engines.spec("mapdb"));
        ContentDigest content = fill(config);
        pretendMember0WasKilled("");
        assertStartsWith(config, content, "rebuilt: the engine is not crash-consistent");
    }

    @Test
    void a_state_that_is_not_crash_consistent_is_kept_after_an_orderly_stop() {
        ClusterConfig config = config(rocksdb(Durability.PROCESS_CRASH), Engines.spec("mapdb"));
        assertStartsWith(config, fill(config), "kept");
    }

    @Test
    void a_state_that_the_machine_may_have_lost_is_rebuilt_after_a_reboot() {
        ClusterConfig config = config(rocksdb(Durability.POWER_LOSS), rocksdb(Durability.PROCESS_CRASH));
        ContentDigest content = fill(config);
        pretendMember0WasKilled(ANOTHER_BOOT);
        assertStartsWith(config, content, "rebuilt: it was written at PROCESS_CRASH");
    }

    @Test
    void a_state_that_survives_power_loss_is_kept_after_a_reboot() {
        ClusterConfig config = config(rocksdb(Durability.POWER_LOSS), rocksdb(Durability.POWER_LOSS));
        ContentDigest content = fill(config);
        pretendMember0WasKilled(ANOTHER_BOOT);
        assertStartsWith(config, content, "kept");
    }

    @Test
    void a_log_that_the_machine_may_have_lost_is_refused_after_a_reboot() {
        ClusterConfig config = config(rocksdb(Durability.PROCESS_CRASH), rocksdb(Durability.PROCESS_CRASH));
        fill(config);
        pretendMember0WasKilled(ANOTHER_BOOT);
        assertThatThrownBy(() -> LocalCluster.start(config))
                .isInstanceOf(ClusterException.UntrustedStore.class)
                .hasMessageContaining("member-0")
                .hasMessageContaining("written at PROCESS_CRASH");
    }

    @Test
    void a_state_that_is_ahead_of_its_log_is_rebuilt() {
        ClusterConfig config = config(rocksdb(Durability.PROCESS_CRASH), rocksdb(Durability.PROCESS_CRASH));
        ContentDigest content = fill(config);
        Path log = directory.resolve("member-0/log");
        try (KVEngine engine = config.log().provider().open(config.log().at(log, LogKeyspaces.ALL));
                EngineLogStorage storage = open(engine, config)) {
            assertThat(storage.truncateSuffix(storage.getLastLogIndex() - 100)).isTrue();
        }
        assertStartsWith(config, content, "rebuilt: it was ahead of the log");
    }

    /** The library waits for the end of a node without a log for ever. */
    @Test
    @Timeout(60)
    void a_member_whose_log_the_library_refuses_says_so_instead_of_waiting_for_its_end() {
        ClusterConfig config = config(rocksdb(Durability.PROCESS_CRASH), rocksdb(Durability.PROCESS_CRASH))
                .withMembers(1);
        fill(config);
        Path log = directory.resolve("member-0/log");
        try (KVEngine engine = config.log().provider().open(config.log().at(log, LogKeyspaces.ALL));
                EngineLogStorage storage = open(engine, config)) {
            LogEntry unreadable = new LogEntry(EntryType.ENTRY_TYPE_CONFIGURATION);
            unreadable.setId(new LogId(storage.getLastLogIndex() + 1, 1));
            unreadable.setPeers(List.of(new PeerId("::1", 7001)));
            assertThat(storage.appendEntry(unreadable)).isTrue();
        }
        assertThatThrownBy(() -> LocalCluster.start(config))
                .isInstanceOf(ClusterException.MemberFailed.class)
                .hasMessageContaining("member-0 does not start")
                .hasMessageNotContaining("\n");
    }

    private static EngineLogStorage open(KVEngine engine, ClusterConfig config) {
        return new EngineLogStorage(
                engine,
                config.log().provider().capabilities(),
                Durability.PROCESS_CRASH,
                new WriteStages(),
                failure -> {
                    throw new AssertionError(failure);
                });
    }

    @Test
    void a_state_written_by_another_engine_is_rebuilt() {
        ContentDigest content = fill(config(rocksdb(Durability.PROCESS_CRASH), rocksdb(Durability.PROCESS_CRASH)));
        assertStartsWith(
                config(rocksdb(Durability.PROCESS_CRASH), Engines.spec("xodus")),
                content,
                "rebuilt: it was written by rocksdb");
    }

    @Test
    void what_lies_among_the_snapshots_and_is_none_is_named() throws IOException {
        ClusterConfig config = config(rocksdb(Durability.PROCESS_CRASH), rocksdb(Durability.PROCESS_CRASH));
        fill(config);
        Path copy = Files.createDirectories(directory.resolve("member-0/snapshot/snapshot_12.bak"));
        assertThatThrownBy(() -> LocalCluster.start(config))
                .isInstanceOf(ClusterException.UntrustedStore.class)
                .hasMessage(
                        copy + " is no snapshot, expected a name of 'snapshot_' and an index alone; move it out of the"
                                + " member's folder");
    }

    @Test
    void a_log_written_by_another_engine_is_refused() {
        fill(config(rocksdb(Durability.PROCESS_CRASH), rocksdb(Durability.PROCESS_CRASH)));
        assertThatThrownBy(() -> LocalCluster.start(config(Engines.spec("xodus"), rocksdb(Durability.PROCESS_CRASH))))
                .isInstanceOf(ClusterException.UntrustedStore.class)
                .hasMessageContaining("was written by rocksdb, not xodus");
    }
}
