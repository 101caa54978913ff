package io.quorumark.workload.driver;

/**
 * When the warm-up of a run is over: after a fixed time or number of operations ({@link PhaseLimit}), or once the target has become steady
 * ({@link SteadyWarmUp}).
 */
public sealed interface WarmUpRule permits PhaseLimit, SteadyWarmUp {}
