package io.quorumark.results.sample;

import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Cost;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Canary;
import io.quorumark.results.model.Trial.Costs;
import io.quorumark.results.model.Trial.Event;
import io.quorumark.results.model.Trial.Latency;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.model.Trial.Phase;
import io.quorumark.results.model.Trial.Replication;
import io.quorumark.results.model.Trial.Resources;
import io.quorumark.results.model.Trial.Timekeeping;
import io.quorumark.results.model.Trial.Verification;
import io.quorumark.results.sample.SampleCampaign.DrawnTrial;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;

/** Invents the trials of a campaign: a machine that drifts from block to block, trials that scatter by some percent, one that is void. */
final class SampleTrials {
    private static final double SCATTER = 0.02;
    private static final double DRIFT = 0.05;
    private static final int VOID_BLOCK = 1;
    private static final int TRIALS_KEPT = 1_000;
    private static final Map<String, Map<String, Double>> SHARES = Map.of(
            "ycsb-a", Map.of("read", 0.5, "update", 0.5),
            "session-store", Map.of("validate", 0.7, "create", 0.2, "delete-user", 0.1));

    /** The last ones, as tests draw the same campaigns again and again, and drawing takes longer than most of what they ask. */
    private static final Map<Origin, DrawnTrial> DRAWN =
            Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Origin, DrawnTrial> eldest) {
                    return size() > TRIALS_KEPT;
                }
            });

    private final SampleShape shape;
    private final Campaign campaign;

    /** All that a trial depends on. */
    private record Origin(
            String campaignId,
            Instant createdAt,
            long seed,
            int seconds,
            double speed,
            int block,
            int position,
            Cell cell) {}

    SampleTrials(SampleShape shape, Campaign campaign) {
        this.shape = shape;
        this.campaign = campaign;
    }

    DrawnTrial draw(int block, int position, Cell cell) {
        Origin origin = new Origin(
                campaign.id(),
                campaign.createdAt(),
                shape.seed(),
                shape.seconds(),
                shape.speedOf(cell.engine()),
                block,
                position,
                cell);
        return DRAWN.computeIfAbsent(origin, each -> drawn(block, position, cell));
    }

    private DrawnTrial drawn(int block, int position, Cell cell) {
        SampleEngine engine = SampleEngine.ALL.stream()
                .filter(each -> each.id().equals(cell.engine()))
                .findFirst()
                .orElseThrow();
        UniformRandomProvider random = random(block, cell.id());
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        double machine = StrictMath.exp(DRIFT
                * ZigguratSampler.NormalizedGaussian.of(random(block, "machine"))
                        .sample());
        double rate = engine.operationsPerSecond()
                * shape.speedOf(engine.id())
                * machine
                * StrictMath.exp(SCATTER * gaussian.sample())
                * (cell.workload().equals("ycsb-a") ? 1 : 0.8);
        long startMillis = campaign.createdAt().toEpochMilli() + (block * 100L + position) * 20_000;
        SampleWindows windows = SampleWindows.draw(cell.load(), rate, SCATTER, (operations, micros) -> {
            SampleLatencies latencies = new SampleLatencies(random);
            for (int second = 0; second < shape.seconds(); second++) {
                long count = operations.applyAsLong(gaussian);
                latencies.addSecond(
                        startMillis + 12_000, second, count, shares(cell), micros.applyAsDouble(count), engine.sigma());
            }
            return latencies;
        });
        boolean isVoid = block == VOID_BLOCK && position == 2;
        return new DrawnTrial(trial(block, position, cell, engine, machine, windows, isVoid), windows.log());
    }

    private static Map<String, Double> shares(Cell cell) {
        Map<String, Double> shares = SHARES.get(cell.workload());
        if (shares == null) {
            throw new IllegalStateException("no sample operations for workload '" + cell.workload() + "'");
        }
        return shares;
    }

    private Trial trial(
            int block,
            int position,
            Cell cell,
            SampleEngine engine,
            double machine,
            SampleWindows windows,
            boolean isVoid) {
        SampleLatencies latencies = windows.counted();
        long operations = latencies.operations();
        return new Trial(
                Campaign.FORMAT_VERSION,
                campaign.id(),
                cell.id(),
                block,
                position,
                campaign.createdAt().plus(Duration.ofSeconds((block * 100L + position) * 20)),
                isVoid ? Outcome.VOID : Outcome.VALID,
                isVoid ? List.of("The leader changed 3.2 s into the measured window.") : List.of(),
                List.of(
                        new Phase("start", 0.9),
                        new Phase("load", 1.6),
                        new Phase("warm-up", cell.load().warmUpSeconds()),
                        new Phase("measure", shape.seconds()),
                        new Phase("settle", 0.4),
                        new Phase("verify", 0.7)),
                operations / (double) shape.seconds(),
                operations,
                0,
                latencies.latency(),
                latencies.series(),
                windows.steps(),
                new Canary(16.2 / machine, 128 / machine, 2.4 / machine, 0.002),
                new Timekeeping(0, 0, 0, 0, 9L * shape.seconds(), 4.1 * shape.seconds(), 3.6, 0, 0),
                new Resources(
                        engine.cpuNanosPerOperation() / machine / shape.speedOf(engine.id()),
                        cell.isHarnessCeiling() ? 410 : 620,
                        (long) (operations * engine.bytesPerOperation()),
                        cell.load().records() * 3 * 120 + operations * 40,
                        640L << 20,
                        600L << 20,
                        300L << 20,
                        21,
                        6,
                        40L * shape.seconds()),
                costs(cell, engine, operations),
                replication(cell, latencies.meanMicros()),
                verification(cell, operations),
                cell.isHarnessCeiling() ? Map.of() : Map.of("cacheBytes", Long.toString(cell.memoryBudgetBytes() / 2)),
                cell.isHarnessCeiling() ? Map.of() : Map.of("writtenBytes", operations * engine.bytesPerOperation()),
                isVoid ? List.of(new Event(3.2, Event.LEADER_CHANGE, "member 2 leads in term 3")) : List.of(),
                null,
                null,
                null,
                windows.paced());
    }

    /** Half of the operations write a record of 120 bytes; syncs are shared by eight writes. */
    private static Costs costs(Cell cell, SampleEngine engine, long operations) {
        double cpuNanos = engine.cpuNanosPerOperation();
        Map<String, Double> roles = Map.of("client", 0.15 * cpuNanos, "raft", 0.5 * cpuNanos, "engine", 0.3 * cpuNanos);
        if (cell.isHarnessCeiling()) {
            return new Costs(Map.of(), roles, null);
        }
        int members = cell.cluster().members();
        double writes = operations / 2.0;
        double userBytes = writes * 120;
        double written = operations * engine.bytesPerOperation();
        Map<Cost, Double> figures = new EnumMap<>(Cost.class);
        figures.put(Cost.WRITES, writes);
        figures.put(Cost.USER_BYTES, userBytes);
        figures.put(Cost.PROCESS_READ, 0.0);
        figures.put(Cost.WRITE_AMPLIFICATION, written / members / userBytes);
        figures.put(Cost.LOG_SYNCS, writes / 8 * members);
        figures.put(Cost.SYNCS_PER_WRITE, 0.125);
        figures.put(Cost.OPEN_FILES, 210.0);
        figures.put(Cost.SETTLE_SECONDS, 0.4);
        figures.put(Cost.LIVE_BYTES, cell.load().records() * 120.0);
        Map<String, Double> byName = new TreeMap<>();
        figures.forEach((cost, value) -> byName.put(cost.id(), value));
        return new Costs(byName, roles, null);
    }

    /** Shares of a write's time; what a store costs less, its log and state take less of. */
    private Replication replication(Cell cell, double meanMicros) {
        double store = cell.isHarnessCeiling() ? 0.05 : 1;
        Map<String, Double> shares = Map.of(
                "queue",
                0.22,
                "log-append",
                0.04 * store,
                "log-sync",
                0.28 * store,
                "replicate",
                0.3,
                "apply",
                0.12 * store,
                "reply",
                0.04);
        double sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();
        Map<String, Latency> stages = new TreeMap<>();
        shares.forEach((stage, share) -> stages.put(stage, stageTimes(meanMicros * share / sum)));
        Map<String, List<Long>> lag = new TreeMap<>();
        for (int member = 0; member < cell.cluster().members(); member++) {
            long behind = member * 12L;
            lag.put(
                    "member-" + member,
                    IntStream.range(0, shape.seconds())
                            .mapToObj(second -> behind == 0 ? 0 : behind + second % 5)
                            .toList());
        }
        return new Replication(stages, lag);
    }

    private static Latency stageTimes(double meanMicros) {
        return new Latency(
                4_000, meanMicros, meanMicros * 9, Map.of("50", meanMicros * 0.9, "90", meanMicros * 1.8), null);
    }

    private Verification verification(Cell cell, long operations) {
        long issued = cell.load().records() + operations;
        Map<String, String> prefixes = new TreeMap<>();
        for (long length = 1; length <= issued; length *= 2) {
            prefixes.put(Long.toString(length), digest(cell.workload() + "/" + length));
        }
        String content = digest(cell.workload() + "/content/" + issued);
        Map<String, String> replicas = new TreeMap<>();
        for (int member = 1; member <= cell.cluster().members(); member++) {
            // the null engine stores nothing, and says so
            replicas.put(Integer.toString(member), cell.isHarnessCeiling() ? digest("nothing") : content);
        }
        return new Verification(issued, prefixes, content, replicas, cell.load().records(), 0.5, 0.49);
    }

    /** Not a real digest: sixteen digits that follow from the text. */
    private String digest(String text) {
        return HexFormat.of().toHexDigits(random(0, text).nextLong());
    }

    private UniformRandomProvider random(int block, String text) {
        return RandomSource.SPLIT_MIX_64.create(shape.seed() * 1_000_003 + block * 8_191L + text.hashCode());
    }
}
