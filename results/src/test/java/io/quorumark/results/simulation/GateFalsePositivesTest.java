package io.quorumark.results.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.results.ExitCode;
import io.quorumark.results.gate.GateResult.GateCell;
import io.quorumark.results.stats.Verdict;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two sessions of the same code, each on a machine of its own mood: a gate that fails is wrong. */
class GateFalsePositivesTest {
    private static final int FEW = 250;
    private static final SimulatedGate GATE = new SimulatedGate(10);
    private static final double[] SAME_CODE = new double[GATE.cells()];

    /** Of a rule that is wrong in 5 %. */
    private static final int MOST = Simulations.most(0.05);

    @Test
    void the_same_code_regresses_in_one_of_twenty_gates_at_the_most() {
        MachineNoise noise = MachineNoise.busy(0.03).withSession(0.03);
        assertThat(Simulations.count(
                        Simulations.COUNT,
                        seed -> GATE.compare(SAME_CODE, noise, true, seed).exitCode() == ExitCode.REGRESSION))
                .isLessThanOrEqualTo(MOST);
    }

    @Test
    void without_canaries_the_same_code_regresses_far_more_often() {
        // this is what the gate did before it looked at the machine: drift and neighbours of two sessions are no noise
        // of their blocks
        MachineNoise noise = MachineNoise.busy(0.03);
        int blind = Simulations.count(
                FEW, seed -> GATE.compare(SAME_CODE, noise, false, seed).exitCode() == ExitCode.REGRESSION);
        assertThat(blind).isGreaterThan(FEW / 10);
    }

    @Test
    void a_cell_that_lost_a_fifth_is_found_on_a_busy_machine_and_no_other() {
        double[] effects = SAME_CODE.clone();
        effects[1] = Math.log(0.8);
        MachineNoise noise = MachineNoise.busy(0.02);
        int found = 0;
        int blamed = 0;
        for (int seed = 0; seed < FEW; seed++) {
            List<Verdict> verdicts = GATE.compare(effects, noise, true, seed).cells().stream()
                    .map(GateCell::verdict)
                    .toList();
            found += verdicts.get(1) == Verdict.WORSE ? 1 : 0;
            blamed += IntStream.of(0, 2, 3, 4).anyMatch(cell -> verdicts.get(cell) == Verdict.WORSE) ? 1 : 0;
        }
        assertThat(found).isGreaterThan(FEW * 9 / 10);
        assertThat(blamed).isLessThanOrEqualTo(FEW / 20);
    }
}
