package io.quorumark.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Code of ours has no release that would tell evidence of yesterday's code from today's. The version does, if somebody raises it. */
class EngineVersionTest {
    private static final String VERSION = "quorumark 2";
    private static final String CODE = "1f5db6d4e1784265";

    @Test
    void a_change_of_the_code_asks_for_the_version_to_be_raised() throws Exception {
        assertThat(MemoryEngineProvider.VERSION + ", code " + digestOfCode())
                .as(
                        "The code of the in-memory engine changed. If that can change what is written, what is recovered or "
                                + "what threads see, "
                                + "raise MemoryEngineProvider.VERSION and make its evidence anew with "
                                + "'scripts/quorumark durability --engines memory --kills 1000 --power-cuts 400' and "
                                + "'scripts/quorumark linearizability --engines memory'; then put version and digest here")
                .isEqualTo(VERSION + ", code " + CODE);
    }

    /** Of what the compiler sees: without comments and blanks. */
    private static String digestOfCode() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (var files = Files.list(Path.of("src/main/java/io/quorumark/engine/memory"))) {
            List<Path> sources = files.sorted().toList();
            assertThat(sources).isNotEmpty();
            for (Path source : sources) {
                String code = Files.readString(source)
                        .replaceAll("(?s)/\\*.*?\\*/", "")
                        .replaceAll("(?m)//.*$", "")
                        .replaceAll("\\s+", "");
                digest.update(code.getBytes(StandardCharsets.UTF_8));
            }
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    }
}
