package io.quorumark.results.simulation;

/**
 * What a machine does to the trials that run on it. All sizes are standard deviations or changes of the logarithm of throughput: 0.03 is 3
 * %.
 *
 * @param trial from trial to trial, independent: a fresh JVM, another layout of files
 * @param drift from the first trial of a session to its last, along a straight line of either sign: a disk that fills, a processor that
 * heats up
 * @param wander stationary, autocorrelated from trial to trial: a neighbour's day
 * @param persistence of the wandering from one trial to the next, 0 to 1
 * @param burstShare of trials in which a slow episode begins
 * @param burstDepth of a slow episode, which lasts three trials
 * @param session from one session to the next, the same for all trials of a session
 */
public record MachineNoise(
        double trial,
        double drift,
        double wander,
        double persistence,
        double burstShare,
        double burstDepth,
        double session) {

    /** Trials scatter and nothing else happens. */
    public static MachineNoise quiet(double trial) {
        return new MachineNoise(trial, 0, 0, 0, 0, 0, 0);
    }

    /** Everything at once: drift, wandering with a memory and bursts, each as large as the scatter of trials or larger. */
    public static MachineNoise busy(double trial) {
        return new MachineNoise(trial, 5 * trial, trial, 0.8, 0.05, 5 * trial, 0);
    }

    /** The same with another level in each session. */
    public MachineNoise withSession(double otherSession) {
        return new MachineNoise(trial, drift, wander, persistence, burstShare, burstDepth, otherSession);
    }
}
