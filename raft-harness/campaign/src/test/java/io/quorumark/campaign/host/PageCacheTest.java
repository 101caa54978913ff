package io.quorumark.campaign.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quorumark.campaign.host.PageCache.Evidence;
import io.quorumark.campaign.host.PageCache.Temperature;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** None of these empties the real page cache: that would disturb whatever else this machine does. */
@EnabledOnOs(OS.LINUX)
class PageCacheTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private Path data = Path.of("unset");
    private Path dropCaches = Path.of("unset");

    @BeforeEach
    void make_two_files() throws Exception {
        data = Files.createDirectories(folder.resolve("data/member 1"));
        Files.write(data.resolve("a.sst"), new byte[10_000]);
        Files.write(data.resolve("b.sst"), new byte[30_000]);
        dropCaches = Files.writeString(folder.resolve("drop_caches"), "");
    }

    @Test
    void files_just_written_are_lukewarm_by_the_real_tool_or_not_verified_without_it() throws Exception {
        Evidence evidence = new PageCache().look(data);

        assertThat(evidence.temperature()).isEqualTo(Temperature.LUKEWARM);
        if (evidence.residentShare().isPresent()) {
            assertThat(evidence.residentShare().getAsDouble()).isCloseTo(1, within(1e-9));
        } else {
            assertThat(evidence.reason()).startsWith("not verified");
        }
    }

    @Test
    void the_share_is_of_bytes_over_all_files_below_the_folder() throws Exception {
        // The first file is cached with its last page counted whole, the second not.
        Evidence evidence =
                new PageCache(fincoreSaying("12288 10000", "0 30000"), dropCaches).look(folder.resolve("data"));

        assertThat(evidence.residentShare()).hasValue(0.25);
        assertThat(evidence.temperature()).isEqualTo(Temperature.LUKEWARM);
        assertThat(evidence.reason()).isEqualTo("25.0 % of 39 KiB in 2 files are in the page cache");
    }

    @Test
    void files_without_cached_pages_are_cold_after_the_caches_were_dropped() throws Exception {
        Evidence evidence = new PageCache(fincoreSaying("0 10000", "0 30000"), dropCaches).chill(data);

        assertThat(evidence.temperature()).isEqualTo(Temperature.COLD);
        assertThat(Files.readString(dropCaches)).isEqualTo("3\n");
    }

    @Test
    void pages_that_stay_after_a_drop_make_the_start_lukewarm() throws Exception {
        Evidence evidence = new PageCache(fincoreSaying("0 10000", "4096 30000"), dropCaches).chill(data);

        assertThat(evidence.temperature()).isEqualTo(Temperature.LUKEWARM);
    }

    @Test
    void who_may_not_drop_caches_is_told_so() throws Exception {
        Evidence evidence =
                new PageCache(fincoreSaying("12288 10000", "32768 30000"), folder.resolve("absent/file")).chill(data);

        assertThat(evidence.temperature()).isEqualTo(Temperature.LUKEWARM);
        assertThat(evidence.reason()).contains("not for this user to write");
    }

    @Test
    void a_missing_tool_verifies_nothing() throws Exception {
        Evidence evidence = new PageCache("no-such-fincore", dropCaches).chill(data);

        assertThat(evidence.temperature()).isEqualTo(Temperature.LUKEWARM);
        assertThat(evidence.residentShare()).isEmpty();
        assertThat(evidence.reason()).isEqualTo("not verified: no-such-fincore told of 0 files out of 2");
    }

    @Test
    void an_absent_folder_is_not_cold() throws Exception {
        Evidence evidence = new PageCache().look(folder.resolve("nothing"));

        assertThat(evidence.temperature()).isEqualTo(Temperature.LUKEWARM);
        assertThat(evidence.reason()).contains("no data");
    }

    private String fincoreSaying(String... lines) throws Exception {
        Path script = folder.resolve("fincore");
        Files.writeString(script, "#!/bin/sh\ncat <<END\n" + String.join("\n", lines) + "\nEND\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script.toString();
    }
}
