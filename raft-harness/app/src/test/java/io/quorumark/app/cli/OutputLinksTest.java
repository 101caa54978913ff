package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.results.sample.SampleCampaign;
import io.quorumark.results.sample.SampleShape;
import io.quorumark.results.store.CampaignFolder;
import io.quorumark.results.store.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where what an option names really lies: behind links, in a campaign, in what is read, or in a pipe. */
class OutputLinksTest {
    /** Read by these commands, and written to by none of them. */
    @TempDir
    static Path campaigns;

    private static CampaignFolder ended = new CampaignFolder(Path.of(""));

    @TempDir
    Path folder;

    @BeforeAll
    static void an_ended_campaign() throws IOException {
        ended = EndedCampaign.write(
                SampleCampaign.of(SampleShape.ADR.withSize(6, 1)),
                campaigns.toRealPath().resolve("ended"));
    }

    private static CommandLineRun gate(String... more) {
        String root = ended.root().toString();
        return CommandLineRun.of(Stream.concat(Stream.of("gate", "--base", root, "--head", root), Stream.of(more))
                .toArray(String[]::new));
    }

    /** A campaign against itself is no pass, and nothing else has failed. */
    private static void judged(CommandLineRun run) {
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(3);
    }

    private static void refused(CommandLineRun run, String... parts) {
        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(2);
        assertThat(run.err()).hasLineCount(1).contains(parts);
    }

    private static Path pipe(Path path) throws Exception {
        assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor())
                .isZero();
        return path;
    }

    @Test
    void a_link_leads_on_to_its_file_also_if_there_is_none_yet() throws IOException {
        Path there =
                Files.writeString(Files.createDirectory(folder.resolve("docs")).resolve("gate.csv"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("a"), Path.of("docs/gate.csv"));
        Path dangling = Files.createSymbolicLink(folder.resolve("b"), Path.of("docs/../docs/gate.xml"));
        CommandLineRun run = gate("--csv", link.toString(), "--junit", dangling.toString());
        judged(run);
        assertThat(link).isSymbolicLink();
        assertThat(there).isRegularFile().content().startsWith("base_campaign,");
        assertThat(dangling).isSymbolicLink();
        assertThat(folder.resolve("docs/gate.xml")).isRegularFile();
    }

    @Test
    void what_is_looked_at_before_the_work_is_where_a_link_leads() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nodir/gate.csv"));
        refused(gate("--csv", link.toString()), "a link to '", "there is no folder '" + folder.resolve("nodir") + "'");
        Path loop = Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));
        refused(gate("--csv", loop.toString()), "a link that leads back to itself");
    }

    @Test
    void two_names_of_one_file_are_one_file() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("latest"), Path.of("gate.csv"));
        refused(
                gate("--csv", folder.resolve("gate.csv").toString(), "--markdown", link.toString()),
                "--markdown and --csv both are '");
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Path byLink = Files.createSymbolicLink(folder.resolve("by-link"), inner);
        refused(
                gate(
                        "--csv",
                        inner.resolve("x").toString(),
                        "--junit",
                        byLink.resolve("x").toString()),
                "--junit and --csv both are '");
        assertThat(inner).isEmptyDirectory();
    }

    @Test
    void github_is_held_against_the_files_that_it_writes() {
        Path named = folder.resolve("g.json");
        Path bigger = folder.resolve("g-bigger.json");
        CommandLineRun run = gate("--github", named.toString(), "--bencher", named.toString());
        judged(run);
        assertThat(named).isRegularFile();
        assertThat(bigger).isRegularFile();
        refused(
                gate("--github", named.toString(), "--csv", bigger.toString()),
                "--github and --csv both are '" + bigger + "'");
        refused(gate("--github", "/dev/stdout"), "--github is '/dev/stdout', which is no file");
        refused(
                gate("--github", folder.resolve("nodir/g.json").toString()),
                "--github is '" + folder.resolve("nodir/g-bigger.json") + "', and there is no folder");
    }

    @Test
    void what_is_read_is_not_written_over() throws IOException {
        Path waivers = Files.writeString(
                folder.resolve("waivers.yaml"),
                "waivers:\n  - {engine: lmdb, workload: '*', reason: r, expires: 9999-12-31}\n");
        Path link = Files.createSymbolicLink(folder.resolve("link"), waivers);
        refused(gate("--waivers", waivers.toString(), "--csv", waivers.toString()), "which is read as --waivers");
        refused(gate("--waivers", link.toString(), "--csv", waivers.toString()), "which is read as --waivers");
        refused(gate("--waivers", waivers.toString(), "--csv", link.toString()), "which is read as --waivers");
        assertThat(waivers).content().startsWith("waivers:");

        Path history = folder.resolve("history.jsonl");
        judged(gate("--history", history.toString()));
        refused(
                CommandLineRun.of("history", history.toString(), "--markdown", history.toString()),
                "which is read as the history");
        Path weights = Files.writeString(folder.resolve("weights.yaml"), "throughput: 1\n");
        refused(
                CommandLineRun.of(
                        "adr",
                        ended.root().toString(),
                        "--weights",
                        weights.toString(),
                        "--force",
                        "--out",
                        weights.toString()),
                "which is read as --weights");
        Path jar = Files.writeString(folder.resolve("engine.jar"), "PK");
        for (String command : new String[] {"drill", "durability", "linearizability"}) {
            refused(
                    CommandLineRun.of(command, "--engine-path", jar.toString(), "--out", jar.toString()),
                    "which is read as --engine-path");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "campaign.json",
                "manifest.json",
                "plan.yaml",
                ".lock",
                "report.html",
                "adr.md",
                "durability.json",
                "of-my-own.json",
                "trials/of-my-own",
                "weights/weights.yaml",
                "workloads/orders.csv"
            })
    void what_a_campaign_has_stored_is_not_written_over(String name) throws IOException {
        Map<String, String> before = content(ended.root());
        Files.createDirectories(ended.root().resolve("workloads"));
        String file = ended.root().resolve(name).toString();
        String link =
                Files.createSymbolicLink(folder.resolve("link"), Path.of(file)).toString();
        String root = ended.root().toString();
        for (CommandLineRun run : new CommandLineRun[] {
            gate("--csv", file),
            gate("--history", link),
            CommandLineRun.of("compare", root, root, "--html", file),
            CommandLineRun.of("drill", "--engines", "memory", "--out", file),
            CommandLineRun.of("linearizability", "--engines", "memory", "--out", file),
            CommandLineRun.of("jmh", "-l", "-rff", file)
        }) {
            refused(run, "which counts among the files of the campaign in '" + root + "'");
        }
        assertThat(content(ended.root())).isEqualTo(before);
    }

    @Test
    void what_else_lies_in_a_campaigns_folder_may_be_written() throws IOException {
        CampaignFolder copy = EndedCampaign.copy(ended, folder.resolve("copy"));
        judged(gate("--csv", copy.root().resolve("gate.csv").toString()));
        assertThat(CommandLineRun.of("verify", copy.root().toString()).out())
                .contains("0 findings in files and documents");
    }

    @Test
    void a_link_to_a_campaigns_own_record_is_that_record() throws IOException {
        CampaignFolder copy = EndedCampaign.copy(ended, folder.resolve("copy"));
        Path weights = Files.writeString(folder.resolve("others.yaml"), "disk: 1\n");
        Path link = Files.createSymbolicLink(folder.resolve("decision.md"), copy.adr());
        String root = copy.root().toString();
        CommandLineRun run = CommandLineRun.of("adr", root, "--weights", weights.toString(), "--out", link.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(link).isSymbolicLink();
        assertThat(copy.weights().resolve("others.yaml")).isRegularFile();
        assertThat(CommandLineRun.of("verify", root).out()).contains("0 findings in files and documents");
        refused(
                CommandLineRun.of("adr", ended.root().toString(), "--out", link.toString()),
                "a link to '" + copy.adr().toRealPath() + "'",
                "which counts among the files of the campaign");
    }

    @Test
    void a_copy_of_links_leaves_the_campaign_alone_of_which_it_is_one() throws IOException {
        CampaignFolder whole = EndedCampaign.copy(ended, folder.resolve("whole"));
        Files.writeString(whole.reportMarkdown(), "out of date");
        Map<String, String> before = content(whole.root());
        Path links = folder.resolve("links");
        try (Stream<Path> files = Files.walk(whole.root())) {
            for (Path file : files.toList()) {
                Path copy = links.resolve(whole.root().relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectory(copy);
                } else {
                    Files.createSymbolicLink(copy, file);
                }
            }
        }
        CampaignFolder copy = new CampaignFolder(links);
        assertThat(CommandLineRun.of("report", links.toString()).exitCode()).isZero();
        assertThat(CommandLineRun.of("adr", links.toString()).exitCode()).isZero();
        assertThat(copy.reportMarkdown()).isRegularFile();
        assertThat(copy.campaignJson()).isSymbolicLink();
        for (Path written : new Path[] {copy.reportMarkdown(), copy.adr(), copy.manifestJson()}) {
            assertThat(Files.isSymbolicLink(written)).as("%s", written).isFalse();
        }
        assertThat(content(whole.root())).isEqualTo(before);
    }

    private static Map<String, String> content(Path root) throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                content.put(root.relativize(file).toString(), Sha256.ofFile(file));
            }
        }
        return content;
    }

    @Test
    @EnabledOnOs(OS.LINUX) // mkfifo
    void what_is_read_before_it_is_written_goes_to_no_pipe() throws Exception {
        String pipe = pipe(folder.resolve("pipe")).toString();
        refused(CommandLineRun.of("adr", ended.root().toString(), "--out", pipe), "--out is '" + pipe, "is no file");
        refused(gate("--history", pipe), "--history is '" + pipe, "is no file");
        for (String command : new String[] {"durability", "linearizability"}) {
            refused(CommandLineRun.of(command, "--engines", "memory", "--out", pipe), "--out is '" + pipe);
            refused(CommandLineRun.of(command, "--engines", "memory", "--resume", "--out", pipe), "--out is '" + pipe);
            refused(CommandLineRun.of(command, "--engines", "memory", "--out", "/dev/stdout"), "written anew after");
        }
        CampaignFolder copy = EndedCampaign.copy(ended, folder.resolve("copy"));
        Files.delete(copy.adr());
        pipe(copy.adr());
        refused(CommandLineRun.of("adr", copy.root().toString()), "adr.md' is no file");
    }

    @Test
    @EnabledOnOs(OS.LINUX) // /dev/fd
    void a_stream_that_takes_nothing_is_refused_before_the_work() {
        refused(gate("--csv", "/dev/fd/999999"), "--csv is '/dev/fd/999999', which is not open");
        refused(
                CommandLineRun.of("history", "absent.jsonl", "--markdown", "/proc/self/fd/999999"),
                "--markdown is '/proc/self/fd/999999', which is not open");
    }

    @Test
    void what_a_manifest_said_is_not_forgotten_for_a_broken_link() throws IOException {
        CampaignFolder copy = EndedCampaign.copy(ended, folder.resolve("copy"));
        Files.delete(copy.manifestJson());
        Files.createSymbolicLink(copy.manifestJson(), folder.resolve("absent"));
        Files.writeString(copy.reportMarkdown(), "as it was");
        for (String command : new String[] {"report", "adr", "verify"}) {
            CommandLineRun run = CommandLineRun.of(command, copy.root().toString());
            assertThat(run.exitCode()).as(run.err()).isEqualTo(4);
            assertThat(run.err())
                    .hasLineCount(1)
                    .contains("manifest.json: cannot be read: it is missing, or a link that leads nowhere");
        }
        assertThat(copy.manifestJson()).isSymbolicLink();
        assertThat(copy.reportMarkdown()).hasContent("as it was");
    }
}
