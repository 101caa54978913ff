package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListCommandTest {
    /** The least that a plan must say to be driven so. */
    private static final Map<String, String> LOADS = new LinkedHashMap<>();

    static {
        LOADS.put("closed", "kind: closed");
        LOADS.put("open, constant", "kind: open, rateOpsPerSecond: 9, arrivals: {kind: constant}");
        LOADS.put("open, poisson", "kind: open, rateOpsPerSecond: 9, arrivals: {kind: poisson}");
        LOADS.put(
                "open, bursts",
                "kind: open, rateOpsPerSecond: 9, arrivals: {kind: bursts, periodSeconds: 1, duty: 0.5}");
        LOADS.put("sweep", "kind: sweep, measureSeconds: 0.1, sweep: {objective: p99 <= 10 ms}");
        LOADS.put("replay", "kind: replay");
    }

    @TempDir
    Path folder;

    @Test
    void every_kind_of_load_is_listed_on_a_line_of_its_own() {
        CommandLineRun run = CommandLineRun.of("list", "loads");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().lines())
                .allMatch(line -> line.endsWith("."))
                .extracting(line -> line.substring(0, 14).strip())
                .containsExactlyElementsOf(LOADS.keySet());
    }

    @Test
    void every_listed_kind_of_load_is_taken_by_a_plan_and_no_other() {
        LOADS.forEach((name, load) -> {
            CommandLineRun run = dryRun(load);
            if (name.equals("replay")) {
                assertThat(run.err()).contains("'ycsb-a' has no recorded times");
            } else {
                assertThat(run.exitCode()).as("%s: %s", name, run.err()).isZero();
            }
        });
        assertThat(dryRun("kind: ramp").err()).contains("expected one of [closed, open, sweep, replay]");
        assertThat(dryRun("kind: open, rateOpsPerSecond: 9, arrivals: {kind: ramp}")
                        .err())
                .contains("expected one of [constant, poisson, bursts]");
    }

    private CommandLineRun dryRun(String load) {
        try {
            Path plan = Files.writeString(folder.resolve("plan.yaml"), "profile: smoke\nload: {" + load + "}\n");
            return CommandLineRun.of("run", plan.toString(), "--dry-run");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
