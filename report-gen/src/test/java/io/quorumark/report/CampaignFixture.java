package io.quorumark.report;

import io.quorumark.report.page.ReportContent;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Cost;
import io.quorumark.results.model.DurabilityFinding;
import io.quorumark.results.model.DurabilityFinding.Observed;
import io.quorumark.results.model.Host;
import io.quorumark.results.model.Software;
import io.quorumark.results.model.Stall;
import io.quorumark.results.model.TargetKind;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.store.CampaignFolder;
import io.quorumark.results.store.StoredCampaign;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * An invented campaign: four engines and the ceiling on two workloads, one void trial, and whatever text a test wants to smuggle in. Its
 * figures are made up.
 */
final class CampaignFixture {

    private static final int BLOCKS = 12;
    static final String SUNSET = "Its makers announce a sunset.";
    private static final int SECONDS = 20;
    private static final List<String> ENGINES = List.of("rocksdb", "lmdb", "mapdb", "xodus", Cell.NULL_ENGINE);
    private static final List<String> NAMES = List.of("RocksDB", "LMDB", "MapDB", "Xodus", "Null");
    private static final double[] RATES = {39_100, 51_600, 12_300, 18_400, 393_000};

    private CampaignFixture() {}

    /** Twelve blocks, enough for intervals and for a gate over eight cells, with LMDB ahead. */
    static ReportContent judged() {
        return ReportContent.of(analysis(true, SUNSET, 1));
    }

    /** The same trials under a profile that supports no verdict. */
    static ReportContent quick() {
        return ReportContent.of(analysis(false, SUNSET, 1));
    }

    /** With this text as a caveat and as an engine's option. */
    static ReportContent hostile(String text) {
        return ReportContent.of(analysis(true, text, 1));
    }

    /** @param lmdbFactor what LMDB's throughput is multiplied with */
    static Analysis analysis(boolean supportsVerdicts, String text, double lmdbFactor) {
        Campaign campaign = campaign(supportsVerdicts, text);
        return Analysis.of(new StoredCampaign(
                new CampaignFolder(Path.of("invented")), campaign, trials(campaign, text, lmdbFactor)));
    }

    /** With the trials of the first blocks alone. */
    static Analysis blocks(int blocks, Analysis analysis) {
        StoredCampaign stored = analysis.stored();
        return Analysis.of(new StoredCampaign(
                stored.folder(),
                stored.campaign(),
                stored.trials().stream().filter(trial -> trial.block() < blocks).toList()));
    }

    /** The same with the session store driven by an open loop, so that its cells are judged by response time. */
    static Analysis withOpenLoops(Analysis analysis) {
        StoredCampaign stored = analysis.stored();
        Campaign campaign = stored.campaign();
        List<Cell> cells = campaign.cells().stream()
                .map(cell -> cell.workload().equals("session-store") ? driven(cell) : cell)
                .toList();
        return Analysis.of(new StoredCampaign(
                stored.folder(),
                new Campaign(
                        campaign.formatVersion(),
                        campaign.id(),
                        campaign.createdAt(),
                        campaign.profile(),
                        campaign.command(),
                        campaign.seed(),
                        campaign.software(),
                        campaign.host(),
                        campaign.plan(),
                        campaign.design(),
                        cells,
                        campaign.blockOrder(),
                        campaign.durability(),
                        campaign.linearizability()),
                stored.trials()));
    }

    private static Cell driven(Cell cell) {
        Cell.Load load = cell.load();
        return cell.withLoad(Cell.Load.open(load.clients(), 5_000)
                .records(load.records())
                .warmUpSeconds(load.warmUpSeconds())
                .measureSeconds(load.measureSeconds())
                .build());
    }

    private static Campaign campaign(boolean supportsVerdicts, String caveat) {
        List<Cell> cells = new ArrayList<>();
        for (String workload : List.of("ycsb-a", "session-store")) {
            for (int i = 0; i < ENGINES.size(); i++) {
                cells.add(cell(workload, i, caveat));
            }
        }
        String profile = supportsVerdicts ? "adr" : "quick";
        List<String> order = cells.stream().map(Cell::id).toList();
        return new Campaign(
                Campaign.FORMAT_VERSION,
                "20261120T220612Z-" + profile + "-4f1c",
                Instant.parse("2026-11-20T22:06:12Z"),
                profile,
                "quorumark run --profile " + profile + " --seed 42 --out results/again",
                42,
                new Software(
                        "0.1.0",
                        "9f1c2ab",
                        true,
                        "17.0.15+6",
                        "Debian",
                        List.of("-Xmx2g"),
                        Map.of("org.rocksdb:rocksdbjni", "11.8.1", "org.lmdbjava:lmdbjava", "0.9.3")),
                new Host(
                        "a1b2c3d4e5f6",
                        "Invented CPU",
                        2,
                        8L << 30,
                        "Linux 6.1.0",
                        "amd64",
                        "ext4",
                        "/dev/vda1",
                        "rw,relatime",
                        List.of("Two processors run three members and the load.")),
                "engines: [rocksdb, lmdb, mapdb, xodus]\nworkloads: [ycsb-a, session-store]\n",
                new Campaign.Design("rocksdb", 0.05, 0.95, BLOCKS, 0.03, supportsVerdicts),
                cells,
                java.util.Collections.nCopies(BLOCKS, order),
                durability(),
                List.of());
    }

    private static Cell cell(String workload, int engine, String caveat) {
        String id = ENGINES.get(engine);
        boolean mapdb = id.equals("mapdb");
        List<String> caveats = mapdb
                ? List.of("Not crash-safe in any mode: a member recovers its state from snapshot and Raft log.")
                : id.equals("xodus") ? List.of(caveat) : List.of();
        return new Cell(
                (workload.equals("ycsb-a") ? "a" : "b") + "0000000000" + engine,
                id,
                NAMES.get(engine),
                "1." + engine,
                workload,
                (workload.equals("ycsb-a") ? "a" : "b").repeat(64),
                TargetKind.CLUSTER,
                new Cell.Cluster(
                        3,
                        "in-jvm",
                        mapdb ? "memory" : id,
                        id,
                        "POWER_LOSS",
                        mapdb ? "NONE" : "PROCESS_CRASH",
                        "linearizable"),
                Cell.Load.closed(64)
                        .records(100_000)
                        .warmUpSeconds(10)
                        .measureSeconds(SECONDS)
                        .build(),
                256L << 20,
                Map.of(),
                caveats);
    }

    private static List<Trial> trials(Campaign campaign, String option, double lmdbFactor) {
        Random random = new Random(7);
        List<Trial> trials = new ArrayList<>();
        for (int block = 0; block < BLOCKS; block++) {
            for (int i = 0; i < campaign.cells().size(); i++) {
                Cell cell = campaign.cells().get((i + block) % campaign.cells().size());
                trials.add(trial(campaign, cell, block, i, random, option, lmdbFactor));
            }
        }
        return trials;
    }

    private static Trial trial(
            Campaign campaign, Cell cell, int block, int position, Random random, String option, double lmdbFactor) {
        double rate = RATES[ENGINES.indexOf(cell.engine())]
                * (cell.workload().equals("ycsb-a") ? 1 : 0.6)
                * (cell.engine().equals("lmdb") ? lmdbFactor : 1)
                * (1 + 0.03 * random.nextGaussian());
        boolean isVoid =
                block == 3 && cell.engine().equals("lmdb") && cell.workload().equals("ycsb-a");
        List<Trial.SeriesPoint> series = new ArrayList<>();
        double medianMicros = 64e6 / rate;
        for (int second = 0; second < SECONDS; second++) {
            series.add(new Trial.SeriesPoint(
                    second,
                    (long) (rate * (1 + 0.04 * random.nextGaussian())),
                    0,
                    medianMicros,
                    3 * medianMicros,
                    9 * medianMicros));
        }
        Map<String, Trial.Latency> latency = new HashMap<>();
        for (String operationClass : List.of(Trial.ALL_OPERATIONS, "read", "update")) {
            latency.put(operationClass, latency(64e6 / rate * (1 + 0.05 * random.nextGaussian()), rate));
        }
        return new Trial(
                Campaign.FORMAT_VERSION,
                campaign.id(),
                cell.id(),
                block,
                position,
                campaign.createdAt(),
                isVoid ? Outcome.VOID : Outcome.VALID,
                isVoid ? List.of("The leader changed inside the measured window.") : List.of(),
                List.of(),
                isVoid ? rate * 0.7 : rate,
                (long) (rate * SECONDS),
                0,
                latency,
                series,
                List.of(),
                new Trial.Canary(41 + random.nextDouble(), 122 + 20 * random.nextDouble(), 12, 0.001),
                new Trial.Timekeeping(0, 0, 0, 0, 9L * SECONDS, 4.1 * SECONDS, 3.6, 0, 0),
                new Trial.Resources(
                        2e9 / rate,
                        900,
                        (long) (rate * SECONDS * 700),
                        412L << 20,
                        900L << 20,
                        850L << 20,
                        380L << 20,
                        12,
                        4,
                        800),
                costs(cell, rate),
                replication(cell, medianMicros),
                new Trial.Verification(
                        1_000, Map.of("1000", "d1"), "c1", Map.of("0", "c1", "1", "c1", "2", "c1"), 100_000, 0.5, 0.5),
                Map.of("write_buffer_size", "67108864", "note", option),
                Map.of(),
                List.of(),
                null,
                null,
                stalls(cell, block),
                null);
    }

    /** Two of each trial but the ceiling's, in which different things coincide, and one in which nothing does. */
    private static List<Stall> stalls(Cell cell, int block) {
        if (cell.isHarnessCeiling()) {
            return List.of();
        }
        int engine = ENGINES.indexOf(cell.engine());
        List<String> first = List.of("device", "log-cut", "collection", "snapshot");
        List<String> second = List.of("compilation", "leader-change", "other-processes", "steal");
        return List.of(
                new Stall(
                        4 + 3 * engine + 0.05 * block,
                        20 + 40 * engine + block,
                        "update",
                        12,
                        List.of(
                                new Stall.Coincidence(first.get(engine), 18 + 40 * engine),
                                new Stall.Coincidence("no-processor", 2))),
                new Stall(
                        1 + 0.5 * block,
                        12 + engine,
                        "read",
                        1,
                        List.of(new Stall.Coincidence(second.get((engine + block) % second.size()), 3))),
                new Stall(19.75, 9 + 0.1 * block, "read", 0, List.of()));
    }

    private static Trial.Costs costs(Cell cell, double rate) {
        Map<String, Double> figures = new HashMap<>(Map.of(
                Cost.WRITES.id(), rate * SECONDS / 2,
                Cost.USER_BYTES.id(), rate * SECONDS / 2 * 124,
                Cost.PROCESS_READ.id(), 0.0,
                Cost.WRITE_AMPLIFICATION.id(), 3.7,
                Cost.SPACE_AMPLIFICATION.id(), 11.5,
                Cost.SETTLED_OPERATIONS_PER_SECOND.id(), rate * 0.97,
                Cost.OPEN_FILES.id(), 187.0));
        if (cell.engine().equals("rocksdb")) {
            figures.put(Cost.SYNCS_PER_WRITE.id(), 0.031);
            figures.put(Cost.STALL_NANOS.id(), 2.5e6);
        }
        return new Trial.Costs(
                figures, Map.of("client", 0.2e9 / rate, "raft", 1.2e9 / rate, "engine", 0.5e9 / rate), null);
    }

    private static Trial.Replication replication(Cell cell, double medianMicros) {
        double[] shares = {0.25, 0.05, 0.3, 0.25, 0.1, 0.05};
        Map<String, Trial.Latency> stages = new HashMap<>();
        for (int i = 0; i < shares.length; i++) {
            double micros = medianMicros * shares[i];
            stages.put(
                    Trial.Replication.STAGES.get(i),
                    new Trial.Latency(40_000, micros, 20 * micros, Map.of("50", micros, "99", 3 * micros), null));
        }
        long behind = ENGINES.indexOf(cell.engine()) * 20L;
        List<Long> follower = new ArrayList<>();
        for (long second = 0; second < SECONDS; second++) {
            follower.add(behind + second % 3 * 10);
        }
        return new Trial.Replication(
                stages, Map.of("member-0", java.util.Collections.nCopies(SECONDS, 0L), "member-1", follower));
    }

    private static Trial.Latency latency(double medianMicros, double rate) {
        Map<String, Double> percentiles = new HashMap<>(Map.of(
                "50", medianMicros,
                "90", medianMicros * 1.5,
                "99", medianMicros * 3,
                "99.9", medianMicros * 8));
        if ((long) (rate * SECONDS) >= 1e4 * Trial.SAMPLES_BEYOND_PERCENTILE) {
            percentiles.put("99.99", medianMicros * 18);
        }
        return new Trial.Latency((long) (rate * SECONDS), medianMicros * 1.1, medianMicros * 60, percentiles, null);
    }

    /** One engine that keeps its promises, one that breaks one, one that makes none, and one nobody has tested. */
    private static List<DurabilityFinding> durability() {
        return List.of(
                finding("rocksdb", "PROCESS_CRASH", true, Observed.KEPT, 1000, 0, 0.02),
                finding("rocksdb", "POWER_LOSS", true, Observed.KEPT, 1000, 100, 1.01),
                finding("lmdb", "POWER_LOSS", true, Observed.LOST, 1000, 100, 1.0, "LOST: batch 7 is <not> there"),
                finding("mapdb", "NONE", false, Observed.NOT_PROMISED, 0, 0, DurabilityFinding.NOT_COUNTED));
    }

    private static DurabilityFinding finding(
            String engine,
            String level,
            boolean promised,
            Observed observed,
            int kills,
            int powerCuts,
            double syncsPerCommit,
            String... problems) {
        return new DurabilityFinding(
                engine,
                "1." + ENGINES.indexOf(engine),
                level,
                promised,
                observed,
                kills,
                powerCuts,
                syncsPerCommit,
                List.of(problems),
                "",
                20,
                Instant.parse("2026-11-01T00:00:00Z"),
                "Linux 6.1");
    }
}
