package io.quorumark.results.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.results.ExitCode;
import io.quorumark.results.gate.Confirmation;
import io.quorumark.results.gate.GateResult;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A gate of one cell that measures again what seems slower, on a machine of which pairs of trials that took turns keep 3 %: the figures in
 * {@code docs/statistics.md}.
 */
class TwoSessionGateTest {
    private static final int BLOCKS = 8;
    private static final SimulatedGate ONE = new SimulatedGate(BLOCKS, 1);
    private static final SimulatedGate BOTH = new SimulatedGate(2 * BLOCKS, 1);

    /** Of each trial, so that the ratio of two has 3 %. */
    private static final MachineNoise NOISE = MachineNoise.quiet(0.03 / Math.sqrt(2));

    private static boolean fails(double effect, int gate) {
        double[] none = {0};
        double[] effects = {effect};
        long seed = 4L * gate;
        CampaignSimulation base = ONE.session(none, NOISE, seed);
        CampaignSimulation head = ONE.session(effects, NOISE, seed + 1);
        GateResult first = ONE.compare(List.of(base), List.of(head), false);
        if (!Confirmation.isNeeded(first)) {
            return false;
        }
        CampaignSimulation baseAgain = ONE.session(none, NOISE, seed + 2);
        CampaignSimulation headAgain = ONE.session(effects, NOISE, seed + 3);
        GateResult second = ONE.compare(List.of(baseAgain), List.of(headAgain), false);
        GateResult together = BOTH.compare(List.of(base, baseAgain), List.of(head, headAgain), false);
        return Confirmation.of(List.of(first, second), together, false).exitCode() == ExitCode.REGRESSION;
    }

    private static int failures(double ratio) {
        return Simulations.count(Simulations.COUNT, gate -> fails(Math.log(ratio), gate));
    }

    @Test
    void the_same_code_never_fails() {
        assertThat(failures(1)).isZero();
    }

    @Test
    void a_loss_as_large_as_the_band_fails_as_seldom_as_an_interval_misses() {
        assertThat(failures(1 / 1.05)).isLessThanOrEqualTo(Simulations.most(0.025));
    }

    @Test
    void a_loss_of_a_tenth_is_found() {
        assertThat(Simulations.COUNT - failures(0.9)).isLessThanOrEqualTo(Simulations.most(0.01));
    }
}
