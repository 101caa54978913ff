package io.quorumark.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.campaign.plan.Plan;
import io.quorumark.campaign.plan.Profiles;
import io.quorumark.campaign.support.UsageError;
import io.quorumark.raft.RaftLibrary;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Host;
import io.quorumark.results.model.Software;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContinuationTest {
    @TempDir
    static Path folder;

    @SuppressWarnings("NullAway.Init") // JUnit has it set
    private static Campaign begun;

    @BeforeAll
    static void begin() throws Exception {
        begun = new CampaignBuilder(Profiles.complete(null, "smoke", Plan.EMPTY))
                .build(folder, "1.0", id -> "run " + id);
    }

    @Test
    void the_same_program_and_plan_on_the_same_host_go_on() {
        assertThatCode(() -> Continuation.check(begun, begun, folder)).doesNotThrowAnyException();
    }

    @Test
    void another_host_is_refused() {
        Host other = new Host(
                "0badcafe0bad",
                "Another Processor",
                96,
                512L << 30,
                begun.host().os(),
                begun.host().architecture(),
                begun.host().dataFilesystem(),
                begun.host().dataDevice(),
                begun.host().mountOptions(),
                List.of());
        refused(with(other, begun.software(), begun.cells()))
                .hasMessageStartingWith("this is host 0badcafe0bad (Another Processor, 96 processors, 512 GiB, ")
                .hasMessageContaining(
                        "but the campaign was begun on host " + begun.host().fingerprint())
                .hasMessageEndingWith("; go on there, or begin another campaign");
    }

    @Test
    void another_program_is_refused() {
        refused(software("1.1", "abc", false, "17.0.1", Map.of()))
                .hasMessage("the campaign was begun with Quorumark 1.0, and this is 1.1; go on with the former,"
                        + " or begin another campaign");
        Software mine = begun.software();
        refused(software("1.0", "abc", true, mine.javaVersion(), mine.libraries()))
                .hasMessageContaining("begun with revision " + mine.gitRevision())
                .hasMessageContaining("this is abc with changes, program file left out;");
        refused(software("1.0", mine.gitRevision(), mine.gitDirty(), "25.0.1+8", mine.libraries()))
                .hasMessageContaining("begun with Java " + mine.javaVersion())
                .hasMessageContaining("this is 25.0.1+8 of ");
        Map<String, String> libraries = new TreeMap<>(mine.libraries());
        RaftLibrary raft = RaftLibrary.onClassPath();
        assertThat(libraries).containsEntry(raft.name(), raft.version());
        libraries.put(raft.name(), "0.1");
        refused(software("1.0", mine.gitRevision(), mine.gitDirty(), mine.javaVersion(), libraries))
                .hasMessageContaining("begun with " + raft.name() + " " + raft.version() + ", and this is 0.1;");
    }

    @Test
    void the_same_program_file_goes_on_wherever_its_checkout_has_moved() {
        Software mine = begun.software();
        Map<String, String> libraries = new TreeMap<>(mine.libraries());
        libraries.put(ProgramFile.NAME, "SHA-256 0123");
        Campaign before = software("1.0", "abc", false, mine.javaVersion(), libraries);
        Campaign after = software("1.0", "def", true, mine.javaVersion(), libraries);

        assertThatCode(() -> Continuation.check(before, after, folder)).doesNotThrowAnyException();
        libraries.put(ProgramFile.NAME, "SHA-256 4567");
        Campaign rebuilt = software("1.0", "abc", false, mine.javaVersion(), libraries);
        assertThatThrownBy(() -> Continuation.check(before, rebuilt, folder))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining(
                        "begun with revision abc, program file SHA-256 0123, and this is abc, program file"
                                + " SHA-256 4567;");
    }

    @Test
    void other_cells_are_refused() {
        Cell first = begun.cells().get(0);
        refused(with(
                        begun.host(),
                        begun.software(),
                        begun.cells().subList(1, begun.cells().size())))
                .hasMessageStartingWith("the campaign measures " + first.engineName() + " on " + first.workload()
                        + " as cell " + first.id() + ", and its plan means other cells now, [");
    }

    @Test
    void other_jars_of_engines_are_refused() {
        List<Software.EngineJar> one = List.of(new Software.EngineJar("tiny.jar", "ab"));
        refused(with(begun.host(), withJars(one), begun.cells()))
                .hasMessage(
                        "the campaign was begun with engine jar left out, and this is tiny.jar of SHA-256 ab; go on with"
                                + " the former, or begin another campaign");
        assertThatThrownBy(() ->
                        Continuation.checkEngineJars(withJars(one), List.of(new Software.EngineJar("tiny.jar", "cd"))))
                .isInstanceOf(UsageError.class)
                .hasMessageStartingWith("the campaign was begun with engine jar tiny.jar of SHA-256 ab, and this is"
                        + " tiny.jar of SHA-256 cd;");
        assertThatThrownBy(() -> Continuation.checkEngineJars(withJars(one), List.of()))
                .hasMessageContaining("this is left out");
        Continuation.checkEngineJars(withJars(one), one);
    }

    private static Software withJars(List<Software.EngineJar> jars) {
        Software mine = begun.software();
        return new Software(
                mine.quorumarkVersion(),
                mine.gitRevision(),
                mine.gitDirty(),
                mine.javaVersion(),
                mine.javaVendor(),
                mine.jvmFlags(),
                mine.libraries(),
                mine.environmentOptions(),
                jars,
                mine.engines());
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> refused(Campaign now) {
        return assertThatThrownBy(() -> Continuation.check(begun, now, folder)).isInstanceOf(UsageError.class);
    }

    private static Campaign software(
            String version, String revision, boolean dirty, String java, Map<String, String> libraries) {
        Software mine = begun.software();
        return with(
                begun.host(),
                new Software(version, revision, dirty, java, mine.javaVendor(), mine.jvmFlags(), libraries),
                begun.cells());
    }

    private static Campaign with(Host host, Software software, List<Cell> cells) {
        return new Campaign(
                begun.formatVersion(),
                begun.id(),
                begun.createdAt(),
                begun.profile(),
                begun.command(),
                begun.seed(),
                software,
                host,
                begun.plan(),
                begun.design(),
                cells,
                begun.blockOrder(),
                begun.durability(),
                begun.linearizability());
    }
}
