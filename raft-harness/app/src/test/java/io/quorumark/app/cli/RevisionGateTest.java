package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.results.sample.SampleCampaign;
import io.quorumark.results.sample.SampleShape;
import io.quorumark.results.store.CampaignReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The orchestration, with a repository of a few commits whose program copies invented campaigns instead of measuring. */
class RevisionGateTest {
    private static final int BLOCKS = 9;

    @TempDir
    Path folder;

    private Path repository;
    private Path calls;

    @BeforeEach
    void repository() throws Exception {
        repository = Files.createDirectories(folder.resolve("repository"));
        calls = folder.resolve("calls");
        Path samples = Files.createDirectories(folder.resolve("samples"));
        SampleShape shape = SampleShape.ADR.withSize(BLOCKS, 1);
        SampleCampaign.of(shape).writeTo(samples.resolve("fast"));
        SampleCampaign.of(shape.withSeed(7)).writeTo(samples.resolve("like"));
        SampleCampaign.of(shape.withSpeed("lmdb", 0.7)).writeTo(samples.resolve("slow"));
        script("build", "echo build >> " + calls + "; [ $(cat speed) != broken ]");
        // arguments: run --profile gate --blocks 9 --seed N --out DIR/session-K/base
        script(
                "quorumark",
                "speed=$(cat speed); out=${!#}\n"
                        + "[ $speed = once ] && { speed=fast; case $out in *session-1*) speed=slow;; esac; }\n"
                        + "echo \"$(cat speed) $(basename $out) $*\" >> " + calls + "\n"
                        + "[ $speed = silent ] && { echo no such option >&2; exit 2; }\n"
                        + "mkdir -p $out && cp -r " + samples + "/$speed/. $out");
        git("init", "--quiet", "--initial-branch=main");
        for (String speed : List.of("fast", "like", "slow", "once", "broken", "silent")) {
            Files.writeString(repository.resolve("speed"), speed);
            git("add", "-A");
            git("-c", "user.name=n", "-c", "user.email=e@example.org", "commit", "--quiet", "-m", speed);
            git("tag", speed);
        }
    }

    private void script(String name, String body) throws IOException {
        Path script = Files.createDirectories(repository.resolve("scripts")).resolve(name);
        Files.writeString(script, "#!/usr/bin/env bash\n" + body + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
    }

    private void git(String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of("git", "-C", repository.toString()));
        command.addAll(List.of(arguments));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    private CommandLineRun gate(String base, String head, String... more) throws IOException {
        List<String> arguments = new java.util.ArrayList<>(List.of(
                "gate",
                "--base-ref",
                base,
                "--head-ref",
                head,
                "--repository",
                repository.toString(),
                "--blocks",
                String.valueOf(BLOCKS),
                "--out",
                folder.resolve("out").toString()));
        arguments.addAll(List.of(more));
        CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
        assertThat(Files.readString(repository.resolve(".git/HEAD")))
                .as("the user's own work tree")
                .contains("refs/heads/main");
        assertThat(repository.resolve(".git/worktrees").toFile().list())
                .as("left behind")
                .isNullOrEmpty();
        return run;
    }

    @Test
    void like_revisions_pass_after_one_session() throws Exception {
        CommandLineRun run = gate("fast", "like", "--", "--records", "1000");
        assertThat(run.exitCode()).as(run.err()).isZero();
        List<String> lines = Files.readAllLines(calls);
        assertThat(lines).hasSize(4);
        assertThat(lines.subList(2, 4).stream().map(line -> line.split(" ")[1])).containsExactly("base", "head");
        assertThat(lines.get(2)).contains("run --profile gate --records 1000 --blocks 9 --seed 42 --out ");
        assertThat(run.err()).contains("base took no turns: its campaign is over, and the head's follows");
    }

    @Test
    void a_regression_fails_when_a_second_session_confirms_it() throws Exception {
        Path page = folder.resolve("gate.html");
        CommandLineRun run = gate("fast", "slow", "--html", page.toString());
        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
        assertThat(page)
                .content()
                .containsPattern(
                        "scripts/quorumark gate --base-ref [0-9a-f]{40} --head-ref [0-9a-f]{40} --profile gate --blocks 9 ");
        assertThat(Files.readAllLines(calls)).hasSize(6).last().asString().contains("session-2/head");
        assertThat(run.out()).contains("## Failed: regression").contains("| 18 |");
        assertThat(CampaignReader.read(folder.resolve("out/both-sessions/head"))
                        .campaign()
                        .blockOrder())
                .hasSize(2 * BLOCKS);
    }

    @Test
    void a_regression_that_a_second_session_does_not_see_does_not_fail() throws Exception {
        CommandLineRun run = gate("fast", "once");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains(
                        "LMDB on ycsb-a seemed slower in the first session, and all together do not show it: not confirmed.");
    }

    @Test
    void a_revision_that_does_not_build_or_run_is_named() throws Exception {
        CommandLineRun build = gate("fast", "broken");
        assertThat(build.exitCode()).isEqualTo(7);
        assertThat(build.err()).contains("does not build").contains("build-head.log");
        CommandLineRun run = CommandLineRun.of(
                "gate",
                "--base-ref",
                "silent",
                "--head-ref",
                "fast",
                "--repository",
                repository.toString(),
                "--out",
                folder.resolve("other").toString());
        assertThat(run.exitCode()).isEqualTo(7);
        assertThat(run.err()).contains("said: no such option");
    }

    @Test
    void an_unknown_revision_and_half_a_pair_are_usage_errors() throws Exception {
        CommandLineRun unknown = gate("fast", "no-such-branch");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("revision 'no-such-branch' is no commit");
        assertThat(CommandLineRun.of("gate", "--base-ref", "main").err()).contains("--head-ref is missing");
        assertThat(CommandLineRun.of("gate", "--base", "a", "--head", "b", "--engines", "rocksdb")
                        .err())
                .contains("--engines is about revisions to measure; leave it out");
        assertThat(CommandLineRun.of("gate", "--base", "a", "--head", "b", "stray")
                        .err())
                .contains("'stray' is not expected");
        assertThat(CommandLineRun.of("gate", "--base", "a").exitCode()).isEqualTo(2);
        assertThat(CommandLineRun.of("gate", "--base", "a", "--head", "b", "--base-ref", "c", "--head-ref", "d")
                        .err())
                .contains("give one pair");
    }
}
