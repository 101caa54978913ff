package io.quorumark.results.sample;

import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Host;
import io.quorumark.results.model.Software;
import io.quorumark.results.model.TargetKind;
import io.quorumark.results.model.Trial;
import io.quorumark.results.store.CampaignFolder;
import io.quorumark.results.store.CampaignWriter;
import io.quorumark.results.store.StoredCampaign;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * An invented campaign: five engines and the harness ceiling on two workloads, with one void trial, histogram logs included. The same shape
 * gives the same figures on every machine. They are made up, and prove nothing about any engine.
 *
 * @param campaign what is pretended to have been planned
 * @param trials what is pretended to have run, in the order of blocks
 */
public record SampleCampaign(Campaign campaign, List<DrawnTrial> trials) {
    private static final List<String> WORKLOADS = List.of("ycsb-a", "session-store");
    private static final int CLIENTS = 64;
    private static final long RECORDS = 100_000;
    private static final long MEMORY_BUDGET_BYTES = 256L << 20;

    /**
     * A trial with its histograms.
     *
     * @param trial the record
     * @param histogramLog its log in HdrHistogram's format
     */
    public record DrawnTrial(Trial trial, String histogramLog) {}

    public SampleCampaign {
        trials = List.copyOf(trials);
    }

    /** Draws a campaign; takes about a millisecond for each trial and second that was not drawn before. */
    public static SampleCampaign of(SampleShape shape) {
        Campaign campaign = campaign(shape);
        SampleTrials drawing = new SampleTrials(shape, campaign);
        List<DrawnTrial> trials = new ArrayList<>();
        for (int block = 0; block < shape.blocks(); block++) {
            List<String> order = campaign.blockOrder().get(block);
            for (int position = 0; position < order.size(); position++) {
                trials.add(drawing.draw(block, position, campaign.cell(order.get(position))));
            }
        }
        return new SampleCampaign(campaign, trials);
    }

    /** The same with another campaign record; its cells must keep their ids. */
    public SampleCampaign withCampaign(UnaryOperator<Campaign> change) {
        return new SampleCampaign(change.apply(campaign), trials);
    }

    /** The same with every trial passed through {@code change}; the histograms stay. */
    public SampleCampaign withTrials(UnaryOperator<Trial> change) {
        return new SampleCampaign(
                campaign,
                trials.stream()
                        .map(drawn -> new DrawnTrial(change.apply(drawn.trial()), drawn.histogramLog()))
                        .toList());
    }

    /** As if it had been read, for what needs no histograms: nothing lies in its folder. */
    public StoredCampaign unsaved() {
        return new StoredCampaign(
                new CampaignFolder(Path.of(campaign.id())),
                campaign,
                trials.stream().map(DrawnTrial::trial).toList());
    }

    /**
     * Writes it as a campaign folder.
     *
     * @param root absent, or an empty folder
     */
    public CampaignFolder writeTo(Path root) throws IOException {
        try (CampaignWriter writer = CampaignWriter.create(root, campaign)) {
            for (DrawnTrial drawn : trials) {
                CampaignWriter.writeTrial(writer.folder(), drawn.trial(), drawn.histogramLog());
            }
            return writer.folder();
        }
    }

    private static Campaign campaign(SampleShape shape) {
        List<Cell> cells = new ArrayList<>();
        for (String workload : WORKLOADS) {
            for (SampleEngine engine : SampleEngine.ALL) {
                cells.add(cell(shape, workload, engine));
            }
        }
        return new Campaign(
                Campaign.FORMAT_VERSION,
                String.format(Locale.ROOT, "20261120T220612Z-%s-%04x", shape.profile(), shape.seed() & 0xffff),
                Instant.parse("2026-11-20T22:06:12Z"),
                shape.profile(),
                "quorumark run --profile " + shape.profile() + " --seed " + shape.seed() + " --out results/sample",
                shape.seed(),
                new Software(
                        "0.1.0",
                        "0123abc",
                        false,
                        "17.0.15+6",
                        "Debian",
                        List.of("-Xmx2g"),
                        Map.of(
                                "org.rocksdb:rocksdbjni", "11.8.1",
                                "org.lmdbjava:lmdbjava", "0.9.3",
                                "com.alipay.sofa:jraft-core", "1.4.1"),
                        null,
                        null,
                        SampleEngine.ALL.stream().map(SampleEngine::facts).toList()),
                new Host(
                        "5a3b1e000000",
                        "Sample CPU",
                        8,
                        16L << 30,
                        "Linux 6.1.0",
                        "amd64",
                        "ext4",
                        "/dev/sample",
                        "rw,relatime",
                        List.of()),
                "# an invented campaign\nengines: [rocksdb, lmdb, mapdb, xodus, memory]\nworkloads: [ycsb-a, session-store]\n",
                new Campaign.Design("rocksdb", 0.05, 0.95, shape.blocks(), 0.03, shape.supportsVerdicts()),
                cells,
                blockOrder(cells, shape.blocks()),
                SampleDurability.findings(cells),
                List.of());
    }

    private static Cell cell(SampleShape shape, String workload, SampleEngine engine) {
        return new Cell(
                String.format(Locale.ROOT, "%012x", (workload + "/" + engine.id()).hashCode() & 0xffffffffL),
                engine.id(),
                engine.name(),
                engine.version(),
                workload,
                String.format(Locale.ROOT, "%064x", workload.hashCode() & 0xffffffffL),
                TargetKind.CLUSTER,
                new Cell.Cluster(
                        3, "in-jvm", engine.logEngine(), engine.id(), "POWER_LOSS", "PROCESS_CRASH", "linearizable"),
                shape.load()
                        .load(CLIENTS)
                        .records(RECORDS)
                        .warmUpSeconds(10)
                        .measureSeconds(shape.seconds())
                        .build(),
                MEMORY_BUDGET_BYTES,
                Map.of(),
                engine.caveats());
    }

    /** A cyclic Latin square: every cell takes every place once in as many blocks as there are cells. */
    private static List<List<String>> blockOrder(List<Cell> cells, int blocks) {
        List<List<String>> order = new ArrayList<>();
        for (int block = 0; block < blocks; block++) {
            List<String> ids = new ArrayList<>();
            for (int position = 0; position < cells.size(); position++) {
                ids.add(cells.get((position + block) % cells.size()).id());
            }
            order.add(ids);
        }
        return order;
    }
}
