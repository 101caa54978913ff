package io.quorumark.campaign.host;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.campaign.engine.Engines;
import io.quorumark.campaign.support.UsageError;
import io.quorumark.engine.EngineProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryFolderTest {
    @TempDir
    Path folder;

    private static EngineProvider engine(String id) {
        Map<String, EngineProvider> all = Engines.onClassPath().all();
        return Objects.requireNonNull(all.get(id), id);
    }

    @Test
    void where_nothing_may_be_executed_engines_with_libraries_are_refused() {
        for (String id : List.of("rocksdb", "lmdb")) {
            assertThatThrownBy(() -> LibraryFolder.check(
                            folder, "rw,nosuid,noexec,relatime", List.of(engine("memory"), engine(id))))
                    .isInstanceOf(UsageError.class)
                    .hasMessageContaining("'" + folder + "' is mounted noexec, and engine '" + id + "'")
                    .hasMessageContaining("--data");
        }
    }

    @Test
    void other_folders_and_other_engines_are_let_through() throws Exception {
        List<EngineProvider> pure = List.of(engine("memory"), engine("mvstore"), engine("xodus"), engine("mapdb"));
        LibraryFolder.check(folder, "ro,noexec", pure);
        LibraryFolder.check(folder, "rw,relatime", List.of(engine("rocksdb")));
        LibraryFolder.check(folder, "unknown", List.of(engine("rocksdb")));
        LibraryFolder.check(folder.resolve("absent/yet"), pure);
    }
}
