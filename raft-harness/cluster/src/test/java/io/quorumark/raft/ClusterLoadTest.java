package io.quorumark.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterLoadTest {
    @TempDir
    Path directory;

    @Test
    void the_load_runs_at_a_tiny_size() throws InterruptedException {
        try (Group group = Group.start(ClusterConfig.of(directory, Engines.spec("rocksdb"), Engines.spec("rocksdb")))) {
            ClusterLoad load = new ClusterLoad(group.cluster().client(), 8);
            assertThat(load.writesPerSecond(500)).isPositive();
            assertThat(load.failed()).isZero();
        }
    }
}
