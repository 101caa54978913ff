package io.quorumark.report.gate;

import io.quorumark.report.text.Figures;
import io.quorumark.report.text.RevisionText;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.fairness.OtherWork;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Host;
import io.quorumark.results.model.Software;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What two campaigns are, side by side: versions, machine, design and plan. The names are the template's.
 *
 * @param different in which they differ, in the order of importance
 * @param alike in which they do not
 */
public record Sides(List<Side> different, List<Side> alike) {
    /** What a campaign has nothing of. */
    private static final String NONE = "none";

    public Sides {
        different = List.copyOf(different);
        alike = List.copyOf(alike);
    }

    /** One thing of both campaigns. */
    public record Side(String name, String base, String head) {}

    static Sides of(Analysis base, Analysis head) {
        Map<String, String> before = facts(base);
        Map<String, String> after = facts(head);
        Set<String> names = new LinkedHashSet<>(before.keySet());
        names.addAll(after.keySet());
        Map<Boolean, List<Side>> byEquality = names.stream()
                .map(name -> new Side(name, before.getOrDefault(name, NONE), after.getOrDefault(name, NONE)))
                .collect(Collectors.partitioningBy(side -> side.base().equals(side.head())));
        return new Sides(byEquality.getOrDefault(false, List.of()), byEquality.getOrDefault(true, List.of()));
    }

    private static Map<String, String> facts(Analysis analysis) {
        Campaign campaign = analysis.stored().campaign();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Campaign", campaign.id());
        facts.put("Began", Figures.minute(campaign.createdAt()));
        addSoftware(campaign.software(), facts);
        versions(campaign).forEach((engine, versions) -> facts.put("Engine " + engine, versions));
        addMachine(campaign.host(), facts);
        facts.put(
                "Beside the trials",
                Figures.capitalized(OtherWork.in(analysis.stored().trials()).figures()));
        addDesign(campaign, facts);
        PlanKeys.of(campaign.plan()).forEach((key, value) -> facts.put("Plan: " + key, value));
        return facts;
    }

    private static void addSoftware(Software software, Map<String, String> facts) {
        facts.put("Quorumark", software.quorumarkVersion() + ", revision " + RevisionText.of(software));
        facts.put("JVM", software.javaVendor() + " " + software.javaVersion());
        facts.put("JVM flags", String.join(" ", software.jvmFlags()));
        Map<String, String> environment = software.environmentOptions();
        facts.put(
                "JVM options from the environment",
                environment == null || environment.isEmpty() ? NONE : environment.toString());
        facts.putAll(new TreeMap<>(software.libraries()));
    }

    /** Of each engine, instruments included. */
    private static Map<String, String> versions(Campaign campaign) {
        return campaign.cells().stream()
                .collect(Collectors.groupingBy(
                        Cell::engineName,
                        LinkedHashMap::new,
                        Collectors.mapping(
                                Cell::engineVersion,
                                Collectors.collectingAndThen(
                                        Collectors.toList(),
                                        versions -> versions.stream().distinct().collect(Collectors.joining(", "))))));
    }

    private static void addMachine(Host host, Map<String, String> facts) {
        facts.put("Machine", host.fingerprint());
        facts.put("Processor", host.cpuModel() + ", " + host.cpuCount() + " usable");
        facts.put("Memory", Figures.bytes((double) host.memoryBytes()));
        facts.put("Kernel", host.os() + ", " + host.architecture());
        facts.put("Data filesystem", host.dataFilesystem() + " (" + host.mountOptions() + ")");
        facts.put("Data device", host.dataDevice());
    }

    private static void addDesign(Campaign campaign, Map<String, String> facts) {
        Campaign.Design design = campaign.design();
        facts.put("Profile", campaign.profile());
        facts.put("Seed", String.valueOf(campaign.seed()));
        facts.put("Blocks", String.valueOf(campaign.blockOrder().size()));
        facts.put("Band", "± " + Figures.percent(design.equivalenceBand()));
        facts.put("Confidence", Figures.percent(design.confidence()));
        facts.put("Reference engine", design.referenceEngine());
        facts.put(
                "Workloads",
                campaign.cells().stream().map(Cell::workload).distinct().collect(Collectors.joining(", ")));
    }
}
