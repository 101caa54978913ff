package io.quorumark.results.model;

import org.jspecify.annotations.Nullable;

/** Names what a load is made of; what is not named is as in a closed loop that loads and measures nothing. */
public final class LoadBuilder {
    private final String kind;
    private final int clients;
    private double rateOpsPerSecond;
    private Cell.Arrivals arrivals = Cell.Arrivals.constant();
    private Cell.@Nullable Sweep sweep;
    private double speed;
    private String pacing = Cell.Load.SLEEP;
    private double slowdown;
    private long records;
    private double warmUpSeconds;
    private int steadySeconds;
    private double measureSeconds;
    private long measureOperations;

    LoadBuilder(String kind, int clients) {
        this.kind = kind;
        this.clients = clients;
    }

    LoadBuilder(Cell.Load load) {
        this(load.kind(), load.clients());
        rateOpsPerSecond = load.rateOpsPerSecond();
        arrivals = load.arrivals();
        sweep = load.sweep();
        speed = load.speed();
        pacing = load.pacing();
        slowdown = load.slowdown();
        records = load.records();
        warmUpSeconds = load.warmUpSeconds();
        steadySeconds = load.steadySeconds();
        measureSeconds = load.measureSeconds();
        measureOperations = load.measureOperations();
    }

    LoadBuilder rateOpsPerSecond(double value) {
        rateOpsPerSecond = value;
        return this;
    }

    LoadBuilder sweep(Cell.Sweep value) {
        sweep = value;
        return this;
    }

    LoadBuilder speed(double value) {
        speed = value;
        return this;
    }

    LoadBuilder slowdown(double share) {
        slowdown = share;
        return this;
    }

    public LoadBuilder arrivals(Cell.Arrivals value) {
        arrivals = value;
        return this;
    }

    /** {@link Cell.Load#SLEEP} or {@link Cell.Load#SPIN}. */
    public LoadBuilder pacing(String value) {
        pacing = value;
        return this;
    }

    public LoadBuilder records(long value) {
        records = value;
        return this;
    }

    public LoadBuilder warmUpSeconds(double value) {
        warmUpSeconds = value;
        return this;
    }

    public LoadBuilder steadySeconds(int value) {
        steadySeconds = value;
        return this;
    }

    public LoadBuilder measureSeconds(double value) {
        measureSeconds = value;
        return this;
    }

    public LoadBuilder measureOperations(long value) {
        measureOperations = value;
        return this;
    }

    public Cell.Load build() {
        return new Cell.Load(
                kind,
                clients,
                rateOpsPerSecond,
                arrivals,
                sweep,
                speed,
                pacing,
                slowdown,
                records,
                warmUpSeconds,
                steadySeconds,
                measureSeconds,
                measureOperations);
    }
}
