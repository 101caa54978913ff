package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.campaign.engine.EngineJars;
import io.quorumark.results.model.Software;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.store.CampaignReader;
import io.quorumark.results.store.Sha256;
import io.quorumark.results.store.StoredCampaign;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Engines that are not part of the program, and what is said of jars that cannot be used. */
class EnginePathTest {
    @TempDir
    Path folder;

    @Test
    void an_engine_from_outside_is_listed_with_its_path_alone() throws IOException {
        String path = EngineJars.example(folder).toString();
        CommandLineRun with = CommandLineRun.of("list", "engines", "--engine-path", path);

        assertThat(with.exitCode()).as(with.err()).isZero();
        assertThat(with.out())
                .contains("Tiny, sorted maps, copied by every commit, 1.0")
                .contains("rocksdb");
        assertThat(CommandLineRun.of("list", "engines").out()).doesNotContain("Tiny");
    }

    @Test
    void a_campaign_measures_it_stores_its_digest_and_goes_on_with_the_same_jar_alone() throws IOException {
        Path jar = EngineJars.example(folder);
        Path out = folder.resolve("out");
        CommandLineRun run = CommandLineRun.of(smoke(
                "--engines",
                "tiny",
                "--target",
                "engine",
                "--durability",
                "NONE",
                "--engine-path",
                jar.toString(),
                "--out",
                out.toString()));

        assertThat(run.exitCode()).as(run.err()).isZero();
        StoredCampaign stored = CampaignReader.read(out);
        assertThat(stored.trials()).isNotEmpty().allSatisfy(trial -> {
            assertThat(trial.reasons()).isEmpty();
            assertThat(trial.outcome()).isEqualTo(Outcome.VALID);
            assertThat(trial.costs().cpuNanosPerOperation())
                    .as("its own thread")
                    .containsKey("engine");
        });
        assertThat(stored.campaign().software().engineJars())
                .containsExactly(new Software.EngineJar("tiny.jar", Sha256.ofFile(jar)));
        assertThat(out.resolve("plan.yaml")).content().contains(jar.toString());

        assertThat(CommandLineRun.of("run", "--resume", out.toString()).exitCode())
                .isZero();
        Files.writeString(folder.resolve("tiny-classes/changed.txt"), "another build");
        EngineJars.example(folder);
        refused(CommandLineRun.of("run", "--resume", out.toString()), "engine jar tiny.jar of SHA-256 ");
    }

    @Test
    void a_plan_names_jars_beside_it_and_a_group_keeps_its_state_on_the_engine() throws IOException {
        EngineJars.example(folder);
        Path plan = Files.writeString(
                folder.resolve("plan.yaml"), "profile: smoke\nengines: [tiny]\nenginePath: [tiny.jar]\n");
        Path out = folder.resolve("out");
        CommandLineRun run = CommandLineRun.of(
                "run",
                plan.toString(),
                "--records",
                "100",
                "--warm-up",
                "0.1",
                "--measure",
                "0.5",
                "--out",
                out.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(CampaignReader.read(out).trials())
                .isNotEmpty()
                .extracting(Trial::outcome)
                .containsOnly(Outcome.VALID);
    }

    @Test
    void all_engines_are_those_from_outside_too() throws IOException {
        CommandLineRun run = CommandLineRun.of(smoke(
                "--engines",
                "all",
                "--dry-run",
                "--engine-path",
                EngineJars.example(folder).toString()));

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).containsPattern("cell \\w+  tiny ").containsPattern("cell \\w+  rocksdb ");
    }

    @Test
    void its_durability_is_tried_in_processes_of_its_own() throws IOException {
        CommandLineRun run = CommandLineRun.of(
                "durability",
                "--engines",
                "tiny",
                "--kills",
                "1",
                "--power-cuts",
                "0",
                "--data",
                folder.toString(),
                "--json",
                "--engine-path",
                EngineJars.example(folder).toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("\"engine\" : \"tiny\"").contains("--engine-path ");
    }

    @Test
    void a_faulty_provider_is_named_and_left_out_and_others_are_not() throws IOException {
        Path jar = EngineJars.of(
                folder,
                "mixed",
                Map.of(
                        "Silent", provider("Silent", "silent", "throw new IllegalStateException(\"no idea\");", ""),
                        "Unmade",
                                provider(
                                        "Unmade",
                                        "unmade",
                                        FACTS,
                                        "Unmade() { throw new IllegalStateException(\"no key\"); }"),
                        "Lacking", provider("Lacking", "lacking", "return Missing.facts();", ""),
                        "Missing",
                                "final class Missing { static io.quorumark.engine.EngineFacts facts() { return null; } }",
                        "Loud", provider("Loud", "LOUD", FACTS, ""),
                        "Good", provider("Good", "good", FACTS, "")),
                "Silent\nUnmade\nLacking\nAbsent\nLoud\nGood\n");
        Files.delete(folder.resolve("mixed-classes/Missing.class"));
        EngineJars.pack(folder, "mixed");
        CommandLineRun run = CommandLineRun.of("list", "engines", "--engine-path", jar.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("its own classes alone")
                .contains("rocksdb")
                .doesNotContain("silent")
                .doesNotContain("unmade")
                .doesNotContain("lacking");
        assertThat(run.err().lines())
                .hasSize(5)
                .allMatch(line -> line.startsWith("left out: "))
                .anyMatch(
                        line -> line.contains("Silent cannot say what it is: java.lang.IllegalStateException: no idea"))
                .anyMatch(line -> line.contains("Unmade cannot be made: java.lang.IllegalStateException: no key"))
                .anyMatch(
                        line -> line.contains("Lacking cannot say what it is: java.lang.NoClassDefFoundError: Missing"))
                .anyMatch(line -> line.contains("Absent"))
                .anyMatch(line -> line.contains("id() is 'LOUD', expected lower-case letters and digits"));
        CommandLineRun named =
                CommandLineRun.of("run", "--engines", "silent", "--dry-run", "--engine-path", jar.toString());
        refused(named, "unknown engine 'silent'");
        assertThat(named.err()).contains("Silent cannot say what it is");
    }

    @Test
    void an_id_that_is_taken_is_refused() throws IOException {
        Path jar = EngineJars.of(folder, "twin", Map.of("Twin", provider("Twin", "memory", FACTS, "")), "Twin");

        refused(
                CommandLineRun.of("list", "engines", "--engine-path", jar.toString()),
                "the engine id 'memory' of Twin is taken by io.quorumark.engine.memory.MemoryEngineProvider");
    }

    @Test
    void a_jar_that_cannot_be_used_is_refused_by_every_command() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.jar"), "no archive");
        Path library = EngineJars.of(folder, "library", Map.of("Library", "public final class Library {}"), "");
        for (List<String> command : List.of(
                List.of("list", "engines"),
                List.of("doctor"),
                List.of("doctor", "plan"),
                List.of("durability"),
                List.of("drill"),
                List.of("cluster", "start", "--data", folder.resolve("group").toString()),
                List.of("run", "--out", folder.resolve("out").toString()))) {
            refused(withPath(command, folder.resolve("absent.jar")), "absent.jar', which is not there");
            refused(withPath(command, folder), "', which is a folder");
            refused(withPath(command, broken), "broken.jar', which cannot be read as a jar");
            refused(withPath(command, library), "there is no engine in ");
        }
        assertThat(folder.resolve("out")).doesNotExist();
        assertThat(folder.resolve("group")).doesNotExist();
        Path plan = Files.writeString(folder.resolve("plan.yaml"), "profile: smoke\nenginePath: [absent.jar]\n");
        refused(CommandLineRun.of("run", plan.toString(), "--dry-run"), "plan.yaml:2: ");
        refused(CommandLineRun.of("list", "engines", "--engine-path", ""), "--engine-path is ''");
    }

    private static CommandLineRun withPath(List<String> command, Path path) {
        List<String> words = new ArrayList<>(command);
        words.addAll(List.of("--engine-path", path.toString()));
        return CommandLineRun.of(words.toArray(String[]::new));
    }

    private static void refused(CommandLineRun run, String why) {
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err().lines()).as(run.err()).hasSize(1);
        assertThat(run.err()).contains(why);
    }

    private static String[] smoke(String... more) {
        List<String> words = new ArrayList<>(
                List.of("run", "--profile", "smoke", "--records", "100", "--warm-up", "0.1", "--measure", "0.5"));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    /** Tells whether the program's own libraries are visible to it. */
    private static final String FACTS = """
            String sees = "its own classes alone";
            try {
                Class.forName("org.rocksdb.RocksDB", false, getClass().getClassLoader());
                sees = "the program's libraries";
            } catch (ClassNotFoundException e) {
                // as it is to be
            }
            return new EngineFacts("Made up", "1", sees, "LicenseRef-Test", Maintenance.ACTIVE, List.of());""";

    private static String provider(String name, String id, String facts, String constructor) {
        return """
                import io.quorumark.engine.*;
                import java.util.*;

                public final class %s implements EngineProvider {
                    %s

                    @Override
                    public String id() {
                        return "%s";
                    }

                    @Override
                    public EngineFacts facts() {
                        %s
                    }

                    @Override
                    public Capabilities capabilities() {
                        return new Capabilities(
                                Set.of(Durability.NONE), false, false, true, true, Set.of(), new Limits(0, 1 << 16, 1 << 26));
                    }

                    @Override
                    public KVEngine open(EngineConfig config) {
                        throw new UnsupportedOperationException();
                    }
                }
                """.formatted(name, constructor.isEmpty() ? "" : "public " + constructor, id, facts);
    }
}
