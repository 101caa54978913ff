package io.quorumark.results.decision;

import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.cell.AaArms;
import io.quorumark.results.cell.CellSetting;
import io.quorumark.results.cell.CellSummary;
import io.quorumark.results.decision.Option.OptionCell;
import io.quorumark.results.durability.DurabilityEvidence;
import io.quorumark.results.linearizability.LinearizabilityEvidence;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.DurabilityFinding;
import io.quorumark.results.model.LinearizabilityFinding;
import io.quorumark.results.model.Trial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a decision can rest on: the options of one or several campaigns, the settings in which they were measured, and what is known of
 * their durability and of histories under faults. Figures of two campaigns are never set against each other: options are compared within a
 * setting, and a setting belongs to one campaign.
 *
 * @param campaigns at least one, each id once
 * @param options in the order in which they first appear
 * @param settings in the order of campaigns and cells
 * @param durability of the campaigns, and what lies beside them
 * @param linearizability of the campaigns, and what lies beside them
 */
public record Evidence(
        List<Analysis> campaigns,
        List<Option> options,
        List<Setting> settings,
        List<DurabilityFinding> durability,
        List<LinearizabilityFinding> linearizability) {
    public Evidence {
        campaigns = List.copyOf(campaigns);
        options = List.copyOf(options);
        settings = List.copyOf(settings);
        durability = List.copyOf(durability);
        linearizability = List.copyOf(linearizability);
    }

    /**
     * Gathers it.
     *
     * @throws IllegalArgumentException there is no campaign, or one is given twice
     * @throws io.quorumark.results.store.ResultsException evidence beside a campaign is damaged
     */
    public static Evidence of(List<Analysis> campaigns) {
        if (campaigns.isEmpty()) {
            throw new IllegalArgumentException("no campaign was given, expected at least one");
        }
        Set<String> ids = new LinkedHashSet<>();
        for (Analysis campaign : campaigns) {
            if (!ids.add(campaign.stored().campaign().id())) {
                throw new IllegalArgumentException(
                        "campaign " + campaign.stored().campaign().id() + " was given twice, expected each once");
            }
        }
        List<OptionCell> cells = new ArrayList<>();
        for (int i = 0; i < campaigns.size(); i++) {
            AaArms arms = campaigns.get(i).aaArms();
            for (CellSummary summary : campaigns.get(i).cells()) {
                Cell cell = summary.cell();
                // control arms and the ceiling are instruments
                if (!cell.isHarnessCeiling() && !cell.load().isSlowed() && !arms.isTwin(cell)) {
                    cells.add(new OptionCell(i, cell));
                }
            }
        }
        List<Option> options = options(cells);
        Set<DurabilityFinding> durability = new LinkedHashSet<>();
        Set<LinearizabilityFinding> linearizability = new LinkedHashSet<>();
        for (Analysis campaign : campaigns) {
            durability.addAll(campaign.stored().campaign().durability());
            DurabilityEvidence.in(campaign.stored().folder()).ifPresent(made -> durability.addAll(made.findings()));
            linearizability.addAll(campaign.stored().campaign().knownLinearizability());
            LinearizabilityEvidence.in(campaign.stored().folder())
                    .ifPresent(made -> linearizability.addAll(made.findings()));
        }
        return new Evidence(
                campaigns,
                options,
                settings(campaigns, options),
                List.copyOf(durability),
                List.copyOf(linearizability));
    }

    private record Identity(String name, String engine, String version, Map<String, String> engineOptions) {
        static Identity of(Cell cell) {
            return new Identity(
                    CellSetting.engineName(cell), cell.engine(), cell.engineVersion(), cell.engineOptions());
        }
    }

    private static List<Option> options(List<OptionCell> cells) {
        Map<Identity, List<OptionCell>> byIdentity = new LinkedHashMap<>();
        cells.forEach(each -> byIdentity
                .computeIfAbsent(Identity.of(each.cell()), identity -> new ArrayList<>())
                .add(each));
        Map<String, Integer> taken = new HashMap<>();
        Map<String, Set<String>> versions = new HashMap<>();
        byIdentity.keySet().forEach(identity -> {
            taken.merge(identity.name(), 1, Integer::sum);
            versions.computeIfAbsent(identity.name(), name -> new LinkedHashSet<>())
                    .add(identity.version());
        });
        List<Option> options = new ArrayList<>();
        byIdentity.forEach((identity, own) -> {
            String name = identity.name();
            if (taken.getOrDefault(identity.name(), 0) > 1) {
                boolean tellByVersion =
                        versions.getOrDefault(identity.name(), Set.of()).size()
                                == taken.getOrDefault(identity.name(), 0);
                name += " "
                        + (tellByVersion
                                ? identity.version()
                                : own.get(0)
                                        .cell()
                                        .id()
                                        .substring(
                                                0,
                                                Math.min(
                                                        4,
                                                        own.get(0).cell().id().length())));
            }
            options.add(new Option(name, identity.engine(), identity.version(), own));
        });
        return options;
    }

    private static List<Setting> settings(List<Analysis> campaigns, List<Option> options) {
        List<Setting> settings = new ArrayList<>();
        for (int i = 0; i < campaigns.size(); i++) {
            Map<CellSetting, Map<String, CellSummary>> bySetting = new LinkedHashMap<>();
            for (CellSummary summary : campaigns.get(i).cells()) {
                int campaign = i;
                options.stream()
                        .filter(option -> option.cells().contains(new OptionCell(campaign, summary.cell())))
                        .findFirst()
                        .ifPresent(option -> bySetting
                                .computeIfAbsent(CellSetting.of(summary.cell()), each -> new LinkedHashMap<>())
                                .put(option.name(), summary));
            }
            Map<String, Integer> seen = new HashMap<>();
            for (Map.Entry<CellSetting, Map<String, CellSummary>> each : bySetting.entrySet()) {
                int occurrence = seen.merge(each.getKey().workload(), 1, Integer::sum);
                settings.add(new Setting(
                        each.getKey().workload()
                                + (occurrence == 1 ? "" : " (" + occurrence + ")")
                                + (campaigns.size() == 1 ? "" : ", campaign " + (i + 1)),
                        i,
                        each.getValue()));
            }
        }
        return settings;
    }

    /** The smallest band that a campaign planned: scores that differ by less are a tie. */
    public double band() {
        return campaigns.stream()
                .mapToDouble(each -> each.stored().campaign().design().equivalenceBand())
                .min()
                .orElseThrow();
    }

    /** Whether all campaigns ran on one machine, so that ratios, too, are of one. */
    public boolean isOneMachine() {
        return campaigns.stream()
                        .map(each -> each.stored().campaign().host().fingerprint())
                        .distinct()
                        .count()
                == 1;
    }

    /** The figures of all options by these criteria. */
    ScoreModel model(List<Criterion> criteria) {
        List<Column> columns = new ArrayList<>();
        int[] blocks = campaigns.stream()
                .mapToInt(each -> each.stored().plannedBlocks())
                .toArray();
        for (Setting setting : settings) {
            for (int criterion = 0; criterion < criteria.size(); criterion++) {
                Metric metric = criteria.get(criterion).metric();
                if (metric.isAbout(setting.anyCell().load(), setting.timesLifecycle())) {
                    double[][] figures = options.stream()
                            .map(option -> setting.of(option)
                                    .map(cell -> figures(cell, metric, blocks[setting.campaign()]))
                                    .orElseGet(() -> figures(blocks[setting.campaign()])))
                            .toArray(double[][]::new);
                    if (Arrays.stream(figures).flatMapToDouble(Arrays::stream).anyMatch(Double::isFinite)) {
                        columns.add(new Column(
                                criterion, setting.title(), setting.campaign(), criteria.get(criterion), figures));
                    }
                }
            }
        }
        return new ScoreModel(criteria, options.size(), blocks, columns);
    }

    private static double[] figures(int blocks) {
        double[] none = new double[blocks];
        Arrays.fill(none, Double.NaN);
        return none;
    }

    private static double[] figures(CellSummary cell, Metric metric, int blocks) {
        double[] figures = figures(blocks);
        // the same rule as in tables: a percentile that one trial has too few samples for is not shown
        if (cell.of(metric, 0).isPresent()) {
            for (Trial trial : cell.valid()) {
                metric.value(cell.cell(), trial).ifPresent(value -> figures[trial.block()] = value);
            }
        }
        return figures;
    }
}
