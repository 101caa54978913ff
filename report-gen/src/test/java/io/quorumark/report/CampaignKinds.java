package io.quorumark.report;

import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.drill.DrillEvidence;
import io.quorumark.results.drill.DrillFinding;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.sample.SampleCampaign;
import io.quorumark.results.sample.SampleShape;
import io.quorumark.results.store.CampaignFolder;
import io.quorumark.results.store.CampaignReader;
import io.quorumark.results.store.ResultsJson;
import io.quorumark.results.store.StoredCampaign;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A campaign of every kind that a report looks different for, all made of {@link CampaignFixture}'s. */
final class CampaignKinds {
    private static final StoredCampaign PLAIN =
            CampaignFixture.analysis(true, CampaignFixture.SUNSET, 1).stored();
    private static final List<String> WIDE_ENGINES = List.of("rocksdb", "lmdb", "mapdb", "xodus", "pebble", "bbolt");
    private static final List<String> WIDE_WORKLOADS = List.of(
            "ycsb-a", "ycsb-b", "ycsb-c", "ycsb-e", "session-store", "control-plane", "time-series", "document-store");
    private static final int WIDE_BLOCKS = 10;
    private static final int WIDE_SECONDS = 20;

    private CampaignKinds() {}

    /** Sweeps of two steps, of which the first held. */
    static Analysis sweep() {
        return sweepFrom(1000);
    }

    /** @param firstRate in operations per second; 0 if a closed loop showed the rate to begin with */
    static Analysis sweepFrom(double firstRate) {
        Campaign campaign = campaign(
                "\"kind\":\"closed\"",
                "\"kind\":\"sweep\"",
                "\"sweep\":null",
                "\"sweep\":{\"objective\":\"p99 <= 10 ms\",\"firstRateOpsPerSecond\":" + firstRate
                        + ",\"factor\":2.0,\"precision\":0.1,\"maxSteps\":9}");
        return Analysis.of(new StoredCampaign(
                PLAIN.folder(),
                campaign,
                PLAIN.trials().stream().map(CampaignKinds::swept).toList()));
    }

    /**
     * Closed loops with a window at a set rate: RocksDB's count, LMDB did not keep the rate, of MapDB's the load generator was late, and of
     * Xodus' every other one did not keep the rate while the rest have too few samples.
     */
    static Analysis paced() {
        Campaign campaign = campaign(
                "\"kind\":\"closed\"",
                "\"kind\":\"closed\",\"paced\":{\"rateOpsPerSecond\":4000.0,\"measureSeconds\":3.0}");
        return Analysis.of(new StoredCampaign(
                PLAIN.folder(),
                campaign,
                PLAIN.trials().stream()
                        .map(trial -> edited(
                                trial,
                                "\"engineStats\":",
                                "\"paced\":" + pacedWindow(campaign.cell(trial.cellId()), trial.block())
                                        + ",\"engineStats\":"))
                        .toList()));
    }

    private static String pacedWindow(Cell cell, int block) {
        boolean xodus = cell.engine().equals("xodus");
        long unsent = cell.engine().equals("lmdb") || (xodus && block % 2 == 0) ? 40 : 0;
        return ResultsJson.writeLine(new Trial.PacedWindow(
                        4_000,
                        3_999,
                        12_000,
                        xodus ? Map.of("50", 300.0) : Map.of("50", 300.0, "99", 1_500.0),
                        unsent,
                        cell.engine().equals("mapdb") ? 0.8 : 0.1))
                .strip();
    }

    /** LMDB's cells declared to be RocksDB once more, and MapDB's to be RocksDB slowed by 60 %. */
    static Analysis controlArms() {
        Campaign all = campaign(
                "\"engine\":\"lmdb\",\"engineName\":\"LMDB\",\"engineVersion\":\"1.1\"",
                rocksDb(" (again)"),
                "\"engine\":\"mapdb\",\"engineName\":\"MapDB\",\"engineVersion\":\"1.2\"",
                rocksDb(" (slowed by 60 %)"),
                "\"logEngine\":\"lmdb\",\"stateEngine\":\"lmdb\"",
                "\"logEngine\":\"rocksdb\",\"stateEngine\":\"rocksdb\"");
        String slowed = ResultsJson.writeLine(all);
        for (Cell cell : all.cells()) {
            if (cell.cluster().stateEngine().equals("mapdb")) {
                String plain = ResultsJson.writeLine(cell).strip();
                slowed = slowed.replace(plain, plain.replace("\"slowdown\":0.0", "\"slowdown\":0.6"));
            }
        }
        return Analysis.of(new StoredCampaign(PLAIN.folder(), read(slowed, Campaign.class), PLAIN.trials()));
    }

    private static String rocksDb(String suffix) {
        return "\"engine\":\"rocksdb\",\"engineName\":\"RocksDB" + suffix + "\",\"engineVersion\":\"1.0\"";
    }

    /** An engine and a workload of this name. */
    static Analysis hostileNames(String text) {
        String name = ResultsJson.writeLine(text).strip();
        return Analysis.of(new StoredCampaign(
                PLAIN.folder(),
                campaign(
                        "\"engineName\":\"LMDB\"",
                        "\"engineName\":" + name,
                        "\"workload\":\"ycsb-a\"",
                        "\"workload\":" + name),
                PLAIN.trials()));
    }

    /** A replay at 2.5 times the recorded speed. */
    static Analysis replay() {
        return Analysis.of(new StoredCampaign(
                PLAIN.folder(),
                campaign("\"kind\":\"closed\"", "\"kind\":\"replay\"", "\"speed\":0.0", "\"speed\":2.5"),
                PLAIN.trials()));
    }

    /** Trials that time starts, recovery, copies and compaction. */
    static Analysis lifecycle() {
        List<Trial> timed = new ArrayList<>();
        for (Trial trial : PLAIN.trials()) {
            double scale = 1e5 / trial.throughputOpsPerSecond() * (1 + 0.01 * trial.block());
            List<Trial.Phase> phases = List.of(
                    new Trial.Phase("cold-start", 0.2 * scale),
                    new Trial.Phase("recovery", 0.3 * scale),
                    new Trial.Phase("checkpoint", 0.1 * scale),
                    new Trial.Phase("restore", 0.15 * scale),
                    new Trial.Phase("compaction", scale),
                    new Trial.Phase("install", 0.8 * scale));
            timed.add(edited(
                    trial,
                    "\"phases\":[]",
                    "\"phases\":" + ResultsJson.writeLine(phases).strip()));
        }
        return Analysis.of(new StoredCampaign(PLAIN.folder(), PLAIN.campaign(), timed));
    }

    /** @param folder in which the evidence of drills is put */
    static Analysis drills(Path folder) throws IOException {
        List<DrillFinding> content = new ArrayList<>();
        for (String engine : List.of("rocksdb", "lmdb", "xodus")) {
            for (String drill : List.of("failover", "add-voter", "log-cut")) {
                boolean broken = engine.equals("lmdb") && drill.equals("add-voter");
                content.add(new DrillFinding(
                        engine,
                        "1",
                        engine,
                        "POWER_LOSS",
                        3,
                        1000,
                        drill,
                        "from killing the leader until the first write is acknowledged",
                        List.of(1200.0, 900.0, 1500.0),
                        broken ? 2 : 0,
                        broken ? List.of("2 writes failed, the first with BUSY: full") : List.of()));
            }
        }
        new DrillEvidence(
                        DrillEvidence.FORMAT_VERSION,
                        "scripts/quorumark drill --rounds 3",
                        PLAIN.campaign().createdAt(),
                        PLAIN.campaign().host(),
                        content)
                .write(folder.resolve("drills.json"));
        return Analysis.of(new StoredCampaign(new CampaignFolder(folder), PLAIN.campaign(), PLAIN.trials()));
    }

    /** The same with too few samples for one percentile. */
    static Analysis withoutPercentile(String percentile, Analysis analysis) {
        StoredCampaign stored = analysis.stored();
        return Analysis.of(new StoredCampaign(
                stored.folder(),
                stored.campaign(),
                stored.trials().stream()
                        .map(trial -> read(
                                ResultsJson.writeLine(trial).replaceAll(",\"" + percentile + "\":[0-9.E]+", ""),
                                Trial.class))
                        .toList()));
    }

    /** Of which no trial counts. */
    static Analysis voids() {
        List<Trial> trials = PLAIN.trials().stream()
                .map(trial -> trial.outcome() == Outcome.VALID
                        ? edited(
                                trial,
                                "\"outcome\":\"VALID\",\"reasons\":[]",
                                "\"outcome\":\"VOID\",\"reasons\":[\"The leader changed inside the measured window.\"]")
                        : trial)
                .toList();
        return Analysis.of(new StoredCampaign(PLAIN.folder(), PLAIN.campaign(), trials));
    }

    /** More trials than are drawn one by one. */
    static Analysis large() {
        return Analysis.of(SampleCampaign.of(SampleShape.ADR.withSize(60, 1)).unsaved());
    }

    /** Six engines on eight workloads, ten blocks of 20 s, with stalls, stages, lag and the options of real engines. */
    static Analysis wide() {
        Map<String, String> options = new java.util.TreeMap<>();
        for (int i = 0; i < 20; i++) {
            options.put(String.format(Locale.ROOT, "an_option_of_the_engine_%02d", i), "value of " + i);
        }
        List<Cell> cells = new ArrayList<>();
        List<Trial> trials = new ArrayList<>();
        for (String workload : WIDE_WORKLOADS) {
            for (String engine : WIDE_ENGINES) {
                int source = WIDE_ENGINES.indexOf(engine) % 4;
                Cell like = PLAIN.campaign().cells().get(source);
                String id = String.format(
                        Locale.ROOT, "%x%x0000000000", WIDE_WORKLOADS.indexOf(workload), WIDE_ENGINES.indexOf(engine));
                String own = source == WIDE_ENGINES.indexOf(engine) ? like.engineName() : engine;
                cells.add(read(
                        ResultsJson.writeLine(like)
                                .replace(like.id(), id)
                                .replace("\"" + like.engine() + "\"", "\"" + engine + "\"")
                                .replace("\"" + like.engineName() + "\"", "\"" + own + "\"")
                                .replace("ycsb-a", workload),
                        Cell.class));
                for (Trial trial : PLAIN.trials()) {
                    if (trial.cellId().equals(like.id()) && trial.block() < WIDE_BLOCKS) {
                        trials.add(longer(trial, id, options));
                    }
                }
            }
        }
        return Analysis.of(new StoredCampaign(PLAIN.folder(), campaign(PLAIN.campaign(), cells), trials));
    }

    /**
     * The kept campaign's own trials for six engines on eight workloads, with the ceiling of each: its second RocksDB under the name of
     * another engine, and its three workloads by turns under the names of eight.
     */
    static Analysis kept() {
        StoredCampaign kept = CampaignReader.read(Path.of("../results/reference/five-engines"));
        List<String> workloads =
                kept.campaign().cells().stream().map(Cell::workload).distinct().toList();
        List<Cell> cells = new ArrayList<>();
        List<Trial> trials = new ArrayList<>();
        for (int workload = 0; workload < WIDE_WORKLOADS.size(); workload++) {
            String like = workloads.get(workload % workloads.size());
            for (Cell cell : kept.campaign().cells()) {
                if (cell.workload().equals(like)) {
                    String id = String.format(
                            Locale.ROOT, "%x%s", workload, cell.id().substring(1));
                    cells.add(renamed(cell, id, WIDE_WORKLOADS.get(workload)));
                    kept.trialsOf(cell.id())
                            .forEach(trial ->
                                    trials.add(edited(trial, "\"cellId\":\"" + cell.id(), "\"cellId\":\"" + id)));
                }
            }
        }
        return Analysis.of(
                new StoredCampaign(new CampaignFolder(Path.of("repeated")), campaign(kept.campaign(), cells), trials));
    }

    private static Cell renamed(Cell cell, String id, String workload) {
        String json = ResultsJson.writeLine(cell)
                .replace(cell.id(), id)
                .replace("\"workload\":\"" + cell.workload(), "\"workload\":\"" + workload);
        return read(
                cell.engineName().endsWith("(again)")
                        ? json.replace("\"rocksdb\"", "\"pebble\"").replace(cell.engineName(), "Pebble")
                        : json,
                Cell.class);
    }

    private static Campaign campaign(Campaign like, List<Cell> cells) {
        return new Campaign(
                like.formatVersion(),
                like.id(),
                like.createdAt(),
                like.profile(),
                like.command(),
                like.seed(),
                like.software(),
                like.host(),
                like.plan(),
                like.design(),
                cells,
                java.util.Collections.nCopies(
                        WIDE_BLOCKS, cells.stream().map(Cell::id).toList()),
                like.durability(),
                like.linearizability());
    }

    /** The same trial of another cell, with a window in which no second is like the one before. */
    private static Trial longer(Trial trial, String cellId, Map<String, String> options) {
        List<Trial.SeriesPoint> series = new ArrayList<>();
        List<Trial.SeriesPoint> own = trial.series();
        for (int second = 0; second < WIDE_SECONDS; second++) {
            Trial.SeriesPoint like = own.get((7 * second + trial.block()) % own.size());
            double factor = 1 + 0.2 * Math.sin(second * 0.7 + trial.block());
            series.add(new Trial.SeriesPoint(
                    second,
                    like.operations(),
                    0,
                    like.p50Micros() * factor,
                    like.p99Micros() * factor,
                    like.maxMicros() * factor));
        }
        List<Long> lag = new ArrayList<>();
        for (long second = 0; second < WIDE_SECONDS; second++) {
            lag.add((second * 37 + trial.block() * 11L) % 90);
        }
        return new Trial(
                trial.formatVersion(),
                trial.campaignId(),
                cellId,
                trial.block(),
                trial.position(),
                trial.startedAt(),
                trial.outcome(),
                trial.reasons(),
                trial.phases(),
                trial.throughputOpsPerSecond(),
                trial.operations() * WIDE_SECONDS / own.size(),
                trial.errors(),
                trial.latency(),
                series,
                trial.steps(),
                trial.canary(),
                trial.timekeeping(),
                trial.resources(),
                trial.costs(),
                new Trial.Replication(trial.replication().writeStages(), Map.of("member-1", lag)),
                trial.verification(),
                options,
                trial.engineStats(),
                trial.events(),
                trial.readMisses(),
                trial.jvm(),
                trial.stalls(),
                trial.paced());
    }

    private static Trial swept(Trial trial) {
        String percentiles =
                "\"samples\":20000,\"objectiveMicros\":1000.0,\"percentileMicros\":{\"50\":300.0,\"99\":1000.0}";
        return edited(
                trial,
                "\"steps\":[]",
                "\"steps\":[{\"rateOpsPerSecond\":4000.0,\"reachedOpsPerSecond\":4000.0," + percentiles
                        + ",\"finding\":\"HELD\"},{\"rateOpsPerSecond\":8000.0,\"reachedOpsPerSecond\":7200.0,"
                        + percentiles + ",\"finding\":\"OVERLOADED\"}]");
    }

    /** @param replacements text of the stored campaign and what comes in its place, by turns */
    private static Campaign campaign(String... replacements) {
        String json = ResultsJson.writeLine(PLAIN.campaign());
        for (int i = 0; i < replacements.length; i += 2) {
            json = replaced(json, replacements[i], replacements[i + 1]);
        }
        return read(json, Campaign.class);
    }

    private static Trial edited(Trial trial, String text, String replacement) {
        return read(replaced(ResultsJson.writeLine(trial), text, replacement), Trial.class);
    }

    private static String replaced(String json, String text, String replacement) {
        if (!json.contains(text)) {
            throw new IllegalArgumentException("there is no " + text + " in " + json);
        }
        return json.replace(text, replacement);
    }

    private static <T> T read(String json, Class<T> type) {
        return ResultsJson.readLine(Path.of(type.getSimpleName()), 1, json, type);
    }
}
