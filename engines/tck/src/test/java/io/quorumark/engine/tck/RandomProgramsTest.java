package io.quorumark.engine.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The search for failing programs and their shortest form, on programs that nobody runs: what fails is decided by looking at them. */
class RandomProgramsTest {
    private static void failOnLongPutBeforeReopen(List<Step> program) {
        boolean put = false;
        for (Step step : program) {
            put |= step instanceof Steps.Put one && one.value().length() >= 3;
            if (put && step instanceof Steps.Reopen) {
                throw new AssertionError("a long value was lost");
            }
        }
    }

    @Test
    void a_failing_program_is_shown_as_the_shortest_one_that_fails() {
        assertThatThrownBy(() -> new RandomPrograms(1, 5000).run(RandomProgramsTest::failOnLongPutBeforeReopen))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("a long value was lost")
                .hasMessageContaining("(2 of its ")
                .hasMessageMatching(
                        "(?s).* 1\\. put (one|two)/'[^']+' = '...'\\R.*2\\. sync, close and open again\\R.*");
    }

    @Test
    void the_seed_that_is_told_brings_the_failure_back_alone() {
        AssertionError first = failureOf(new RandomPrograms(7, 5000));
        String message = String.valueOf(first.getMessage());
        String replay = message.substring(message.lastIndexOf("-D" + RandomPrograms.SEED_PROPERTY));
        String seed = replay.substring(replay.indexOf('=') + 1, replay.indexOf(' '));
        assertThat(replay).endsWith("-D" + RandomPrograms.COUNT_PROPERTY + "=1");
        AssertionError again = failureOf(new RandomPrograms(Long.parseLong(seed), 1));
        assertThat(shortestIn(again)).isEqualTo(shortestIn(first));
    }

    private static AssertionError failureOf(RandomPrograms programs) {
        try {
            programs.run(RandomProgramsTest::failOnLongPutBeforeReopen);
        } catch (AssertionError e) {
            return e;
        }
        throw new IllegalStateException("no program failed");
    }

    private static String shortestIn(AssertionError failure) {
        String message = String.valueOf(failure.getMessage());
        return message.substring(message.indexOf("the shortest program"), message.indexOf("run it again"));
    }

    @Test
    void a_failure_that_needs_the_programs_before_it_says_so() {
        int[] runs = {0};
        Consumer<List<Step>> failsOnce = program -> {
            if (++runs[0] == 3) {
                throw new AssertionError("left over");
            }
        };
        assertThatThrownBy(() -> new RandomPrograms(40, 10).run(failsOnce))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("program 3 of 10 of seed 40 fails after the programs before it")
                .hasMessageContaining("left over")
                .hasMessageEndingWith("-Dquorumark.programs.seed=40 -Dquorumark.programs.count=3");
    }

    @Test
    void as_many_programs_run_as_were_asked_for_and_they_differ() {
        List<List<Step>> ran = new ArrayList<>();
        new RandomPrograms(3, 200).run(ran::add);
        assertThat(ran).hasSize(200);
        assertThat(new HashSet<>(ran)).hasSizeGreaterThan(190);
        Set<String> kinds = new HashSet<>();
        ran.forEach(program -> program.forEach(step -> kinds.add(step.getClass().getSimpleName())));
        assertThat(kinds)
                .containsExactlyInAnyOrder(
                        "Put",
                        "Delete",
                        "Commit",
                        "Get",
                        "Walk",
                        "Seek",
                        "CompareAll",
                        "OpenSnapshot",
                        "CompareSnapshot",
                        "Reopen");
    }

    @Test
    void a_program_follows_from_its_seed() {
        assertThat(RandomPrograms.program(11)).isEqualTo(RandomPrograms.program(11));
        assertThat(RandomPrograms.program(11)).isNotEqualTo(RandomPrograms.program(12));
    }

    @Test
    void shortening_ends_even_if_everything_fails() {
        assertThat(ShortestProgram.of(RandomPrograms.program(5), program -> true))
                .isEmpty();
    }

    @Test
    void a_count_of_none_is_refused() {
        assertThatThrownBy(() -> new RandomPrograms(1, 0)).hasMessageContaining("expected 1 or more");
        assertThatCode(() -> new RandomPrograms(1, 1)).doesNotThrowAnyException();
    }

    @Test
    void keys_and_values_are_shown_in_printable_characters() {
        assertThat(Shown.of("a\u0001\u00ff")).isEqualTo("'a\\x01\\xff'");
        assertThat(Shown.of("x".repeat(40))).isEqualTo("'" + "x".repeat(32) + "'… (40 bytes)");
        assertThat(Shown.of(null)).isEqualTo("absent");
    }
}
