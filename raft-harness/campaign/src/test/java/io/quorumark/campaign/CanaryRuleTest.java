package io.quorumark.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.results.model.Trial.Canary;
import org.junit.jupiter.api.Test;

class CanaryRuleTest {
    @Test
    void a_machine_that_is_slower_or_faster_than_before_is_told_with_both_figures() {
        CanaryRule rule = after(0.15, 20, 21, 19, 20, 20);

        assertThat(rule.problem(canary(22.9))).isEmpty();
        assertThat(rule.problem(canary(17.5))).isEmpty();
        assertThat(rule.problem(canary(23.1)))
                .contains(
                        "the machine was not as before: the processor canary was 15.5 % slower than its median, beyond the"
                                + " plan's 15.0 %");
        assertThat(rule.problem(canary(17.3))).get().asString().contains("was 13.5 % faster than its median");
    }

    @Test
    void a_disturbed_canary_moves_the_median_little() {
        CanaryRule rule = after(0.15, 20, 21, 55, 20, 56);

        assertThat(rule.problem(canary(20))).isEmpty();
        assertThat(rule.problem(canary(55))).isPresent();
    }

    @Test
    void the_first_few_have_nothing_to_be_held_against() {
        assertThat(after(0.15, 20, 20, 20, 20).problem(canary(60))).isEmpty();
        assertThat(after(0.15, 20, 20, 20, 20, 20).problem(canary(60))).isPresent();
    }

    @Test
    void without_the_plans_word_nothing_is_asked() {
        assertThat(after(0, 20, 20, 20, 20, 20).problem(canary(600))).isEmpty();
    }

    private static CanaryRule after(double maxDeviation, double... spinMillis) {
        CanaryRule rule = new CanaryRule(maxDeviation);
        for (double each : spinMillis) {
            rule.remember(canary(each));
        }
        return rule;
    }

    private static Canary canary(double spinMillis) {
        return new Canary(spinMillis, 1, 1, 0);
    }
}
