package io.quorumark.campaign.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.campaign.engine.Engines;
import io.quorumark.engine.Capabilities;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineFacts;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.KVEngine;
import io.quorumark.results.model.Trial.Costs;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreadRolesTest {
    private final ThreadRoles roles = new ThreadRoles(Engines.onClassPath().inOrder());

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
        "threadJobProces, engine",
        "mapdb, engine",
        "jnr.ffi.provide, engine",
        "mvstore-houseke, engine",
        "GC Thread#0, jvm",
        "C2 CompilerThre, jvm",
        "somebody, other",
    })
    void a_thread_is_known_by_the_beginning_of_its_name(String name, String role) {
        assertThat(roles.of(name)).isEqualTo(role);
        assertThat(Costs.ROLES).contains(role);
    }

    @Test
    void an_engine_names_its_own_threads() {
        ThreadRoles withOutsider = new ThreadRoles(List.of(new ThreadNames("tinydb-flush", "JRaft-")));

        assertThat(withOutsider.of("tinydb-flush-12")).isEqualTo("engine");
        assertThat(withOutsider.of("JRaft-LogManage"))
                .as("a thread of the harness")
                .isEqualTo("log");
        assertThat(roles.of("tinydb-flush-12")).as("without that engine").isEqualTo("other");
    }

    /** An engine that is asked for nothing but its threads. */
    private record ThreadNames(List<String> backgroundThreads) implements EngineProvider {
        ThreadNames(String... beginnings) {
            this(List.of(beginnings));
        }

        @Override
        public String id() {
            return "tiny";
        }

        @Override
        public EngineFacts facts() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Capabilities capabilities() {
            throw new UnsupportedOperationException();
        }

        @Override
        public KVEngine open(EngineConfig config) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void what_living_threads_did_not_use_was_used_by_ended_ones() {
        assertThat(roles.sum(Map.of("rocksdb:low", 3L, "rocksdb:high", 4L, "JRaft-Rpc-Closu", 5L), 20))
                .isEqualTo(Map.of("engine", 7L, "raft", 5L, "ended", 8L));
        // The two clocks are not read at the same instant.
        assertThat(roles.sum(Map.of("rocksdb:low", 3L), 2)).containsEntry("ended", 0L);
    }
}
