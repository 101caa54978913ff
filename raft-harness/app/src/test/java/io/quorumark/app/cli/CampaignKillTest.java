package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.app.Quorumark;
import io.quorumark.campaign.Folders;
import io.quorumark.campaign.engine.Engines;
import io.quorumark.campaign.support.ChildJvm;
import io.quorumark.results.model.Trial;
import io.quorumark.results.store.CampaignReader;
import io.quorumark.results.store.StoredCampaign;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A campaign whose process is killed goes on where it was: nothing that was stored is lost, changed or measured again. */
class CampaignKillTest {
    private static final int KILLS = Integer.getInteger("quorumark.campaignKills", 3);
    private static final int LONGEST_LIFE_MILLIS = 5_000;

    @TempDir
    Path folder;

    @Test
    void a_killed_campaign_goes_on_where_it_was() throws Exception {
        SplittableRandom random = new SplittableRandom(20);
        Path out = folder.resolve("campaign");
        Map<Path, byte[]> stored = new TreeMap<>();
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = start(out, kill);
            if (!process.waitFor(500 + random.nextInt(LONGEST_LIFE_MILLIS), TimeUnit.MILLISECONDS)) {
                List<ProcessHandle> trial = process.descendants().toList();
                process.destroyForcibly();
                // as when the machine takes the whole group of processes away
                trial.forEach(ProcessHandle::destroyForcibly);
            }
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            Map<Path, byte[]> now = filesOf(out);
            stored.forEach((file, bytes) -> assertThat(now)
                    .hasEntrySatisfying(file, kept -> assertThat(kept).isEqualTo(bytes)));
            stored = now;
            if (isComplete(out)) {
                Folders.remove(out);
                stored.clear();
            }
        }
        Process last = start(out, KILLS);
        assertThat(last.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(last.exitValue()).isZero();
        StoredCampaign campaign = CampaignReader.read(out);
        assertThat(campaign.isComplete()).isTrue();
        assertThat(campaign.trials()).extracting(Trial::outcome).containsOnly(Trial.Outcome.VALID);
        assertThat(out.resolve("report.html")).exists();
        assertThat(out.resolve("data")).doesNotExist();
        Map<Path, byte[]> end = filesOf(out);
        stored.forEach((file, bytes) -> assertThat(end)
                .hasEntrySatisfying(file, kept -> assertThat(kept).isEqualTo(bytes)));
    }

    /** Goes on with the campaign if there is one. */
    private Process start(Path out, int number) throws IOException {
        boolean begun = Files.exists(out.resolve("campaign.json"));
        if (!begun && Files.exists(out)) {
            Folders.remove(out);
        }
        List<String> arguments = begun
                ? List.of("run", "--resume", out.toString())
                : List.of(
                        "run",
                        "--profile",
                        "smoke",
                        "--engines",
                        "memory,null",
                        "--target",
                        "engine",
                        "--warm-up",
                        "0.1",
                        "--measure",
                        "0.3",
                        "--out",
                        out.toString());
        List<String> flags = ChildJvm.flags(
                256,
                List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                Engines.onClassPath().retainingData());
        Path temporary = Files.createDirectories(folder.resolve("tmp-" + number));
        return new ProcessBuilder(ChildJvm.command(flags, temporary, Quorumark.class.getName(), arguments))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out-" + number + ".log").toFile())
                .start();
    }

    private static boolean isComplete(Path out) {
        return Files.exists(out.resolve("report.html"));
    }

    /** What makes trials count. */
    private static Map<Path, byte[]> filesOf(Path out) throws IOException {
        Map<Path, byte[]> files = new TreeMap<>();
        Path trials = out.resolve("trials");
        if (Files.isDirectory(trials)) {
            try (Stream<Path> paths = Files.list(trials)) {
                for (Path path :
                        paths.filter(file -> file.toString().endsWith(".json")).toList()) {
                    files.put(path, Files.readAllBytes(path));
                }
            }
        }
        return files;
    }
}
