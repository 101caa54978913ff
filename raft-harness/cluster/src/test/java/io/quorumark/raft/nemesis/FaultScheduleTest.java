package io.quorumark.raft.nemesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.raft.nemesis.Fault.Kind;
import io.quorumark.raft.nemesis.Fault.Target;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultScheduleTest {
    private static final Set<Kind> ALL_KINDS = EnumSet.allOf(Kind.class);

    @Test
    void a_schedule_prints_as_text_that_parses_back() {
        for (long seed = 0; seed < 500; seed++) {
            FaultSchedule schedule = FaultSchedule.draw(seed, ALL_KINDS, 5000);
            assertThat(FaultSchedule.parse(schedule.toString())).isEqualTo(schedule);
        }
    }

    @Test
    void the_text_is_one_fault_a_line() {
        FaultSchedule schedule = new FaultSchedule(
                List.of(new Fault(400, Kind.ISOLATE, Target.LEADER, 600), new Fault(1200, Kind.KILL, Target.ALL, 50)));
        assertThat(schedule).hasToString("at 400 ms isolate leader for 600 ms\nat 1200 ms kill all for 50 ms");
        assertThat(schedule.lengthMillis()).isEqualTo(1250);
    }

    @Test
    void the_same_seed_draws_the_same_schedule_and_others_differ() {
        assertThat(FaultSchedule.draw(7, ALL_KINDS, 5000)).isEqualTo(FaultSchedule.draw(7, ALL_KINDS, 5000));
        assertThat(FaultSchedule.draw(7, ALL_KINDS, 5000)).isNotEqualTo(FaultSchedule.draw(8, ALL_KINDS, 5000));
    }

    @Test
    void every_kind_and_target_is_drawn_in_time() {
        Set<Kind> kinds = new HashSet<>();
        Set<Target> targets = new HashSet<>();
        for (long seed = 0; seed < 100; seed++) {
            FaultSchedule schedule = FaultSchedule.draw(seed, ALL_KINDS, 3000);
            assertThat(schedule.faults()).isNotEmpty();
            assertThat(schedule.lengthMillis()).isLessThanOrEqualTo(3000);
            schedule.faults().forEach(fault -> {
                kinds.add(fault.kind());
                targets.add(fault.target());
            });
        }
        assertThat(kinds).containsAll(ALL_KINDS);
        assertThat(targets).containsExactlyInAnyOrder(Target.values());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tomorrow                                                          | such as 'at 400 ms isolate leader for 600 ms'
            at 4 ms tickle leader for 6 ms                                    | kind of fault is 'tickle', expected one of [stop, kill
            at 4 ms stop laggard for 6 ms                                     | target of a fault is 'laggard', expected one of [leader
            at 4 ms isolate all for 6 ms                                      | target of isolate is all
            at 4 ms stop all for 0 ms                                         | forMillis is 0
            at 99999999999 ms stop all for 1 ms                               | such as
            """)
    void text_that_is_no_schedule_is_refused(String text, String problem) {
        assertThatThrownBy(() -> FaultSchedule.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void kinds_and_targets_are_found_by_their_codes_which_stored_schedules_hold() {
        assertThat(Arrays.stream(Kind.values()).map(Kind::code))
                .containsExactly(
                        "stop", "kill", "pause", "isolate", "cut-outgoing", "cut-incoming", "slow-disk", "full-disk");
        assertThat(Arrays.stream(Kind.values()).map(kind -> Kind.ofCode(kind.code())))
                .containsExactly(Kind.values());
        assertThat(Arrays.stream(Target.values()).map(Target::code)).containsExactly("leader", "follower", "all");
        assertThat(Arrays.stream(Target.values()).map(target -> Target.ofCode(target.code())))
                .containsExactly(Target.values());
    }

    @Test
    void faults_that_overlap_are_refused() {
        assertThatThrownBy(() -> FaultSchedule.parse("at 0 ms stop leader for 10 ms\nat 9 ms stop leader for 10 ms"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected at least 10 ms");
    }
}
