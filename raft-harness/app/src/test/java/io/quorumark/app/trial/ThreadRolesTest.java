package io.quorumark.app.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.results.model.Trial.Costs;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreadRolesTest {
    @ParameterizedTest
    @CsvSource({
        "quorumark-load, client",
        "JRaft-LogManage, log",
        "JRaft-FSMCaller, apply",
        "JRaft-NodeImpl-, raft",
        "quorumark-052bb, raft",
        "in-jvm-rpc-12, raft",
        "rocksdb:low, engine",
        "memory-engine-c, engine",
        "Exodus shared t, engine",
        "mvstore-houseke, engine",
        "GC Thread#0, jvm",
        "C2 CompilerThre, jvm",
        "somebody, other",
    })
    void a_thread_is_known_by_the_beginning_of_its_name(String name, String role) {
        assertThat(ThreadRoles.of(name)).isEqualTo(role);
        assertThat(Costs.ROLES).contains(role);
    }

    @Test
    void what_living_threads_did_not_use_was_used_by_ended_ones() {
        assertThat(ThreadRoles.sum(Map.of("rocksdb:low", 3L, "rocksdb:high", 4L, "JRaft-Rpc-Closu", 5L), 20))
                .isEqualTo(Map.of("engine", 7L, "raft", 5L, "ended", 8L));
        // The two clocks are not read at the same instant.
        assertThat(ThreadRoles.sum(Map.of("rocksdb:low", 3L), 2)).containsEntry("ended", 0L);
    }
}
