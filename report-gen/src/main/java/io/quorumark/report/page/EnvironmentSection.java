package io.quorumark.report.page;

import io.quorumark.report.page.Facts.Fact;
import io.quorumark.report.text.Figures;
import io.quorumark.report.text.RevisionText;
import io.quorumark.results.fairness.OtherWork;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Host;
import io.quorumark.results.model.Software;
import io.quorumark.results.model.Trial;
import io.quorumark.results.text.Plural;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Where a campaign ran, on what, and with which options: all that a reader needs to judge whether it speaks for them. */
final class EnvironmentSection {

    private EnvironmentSection() {}

    static List<Facts> environment(Campaign campaign, List<Trial> trials) {
        Host host = campaign.host();
        Software software = campaign.software();
        List<Fact> machine = new ArrayList<>(List.of(
                new Fact("Processor", host.cpuModel() + ", " + host.cpuCount() + " usable"),
                new Fact("Memory", Figures.bytes((double) host.memoryBytes())),
                new Fact("Kernel", host.os() + ", " + host.architecture()),
                new Fact("Data filesystem", host.dataFilesystem() + " (" + host.mountOptions() + ")"),
                new Fact("Data device", host.dataDevice()),
                new Fact("Fingerprint", host.fingerprint())));
        machine.add(new Fact(
                "Beside the trials", Figures.capitalized(OtherWork.in(trials).figures())));
        host.warnings().forEach(warning -> machine.add(new Fact("Warning", warning)));
        List<Fact> ran = new ArrayList<>(List.of(
                new Fact("Quorumark", software.quorumarkVersion() + ", revision " + RevisionText.of(software)),
                new Fact("JVM", software.javaVendor() + " " + software.javaVersion()),
                new Fact("JVM flags", String.join(" ", software.jvmFlags()))));
        new TreeMap<>(software.libraries()).forEach((artifact, version) -> ran.add(new Fact(artifact, version)));
        return List.of(new Facts("Machine", machine), new Facts("Software", ran));
    }

    /** What each cell was promised, and what its last counting trial's process took. */
    static DataTable memory(LabelledCells labelledCells) {
        List<List<String>> body = new ArrayList<>();
        labelledCells.groups().forEach(group -> group.forEach(labelledCell -> body.add(memory(labelledCell))));
        return new DataTable(
                "Memory: promised to each engine instance, and measured of the last counting trial's process",
                List.of(
                        "engine",
                        "workload",
                        "cell",
                        "promised budget",
                        "peak RSS",
                        "PSS at the window's end",
                        "growth of the page cache"),
                body);
    }

    private static List<String> memory(LabelledCell labelledCell) {
        Trial.Resources used = last(labelledCell).map(Trial::resources).orElse(Trial.Resources.none());
        return List.of(
                labelledCell.label(),
                labelledCell.cell().workload(),
                labelledCell.cell().id(),
                Figures.bytes((double) labelledCell.cell().memoryBudgetBytes()),
                measured(used.peakRssBytes()),
                measured(used.pssBytes()),
                used.pageCacheGrowthBytes() < 0 ? "none: it shrank" : measured(used.pageCacheGrowthBytes()));
    }

    private static Optional<Trial> last(LabelledCell labelledCell) {
        return labelledCell.trials().isEmpty()
                ? Optional.empty()
                : Optional.of(labelledCell.trials().get(labelledCell.trials().size() - 1));
    }

    private static String measured(long bytes) {
        return bytes == 0 ? "not measured" : Figures.bytes((double) bytes);
    }

    /** What each engine read back in its last counting trial; cells of one engine with the same options share an entry. */
    static List<Facts> options(LabelledCells labelledCells) {
        Map<Facts, List<Cell>> cells = new LinkedHashMap<>();
        labelledCells
                .groups()
                .forEach(group -> group.forEach(labelledCell -> cells.computeIfAbsent(
                                new Facts(labelledCell.label(), options(labelledCell)), options -> new ArrayList<>())
                        .add(labelledCell.cell())));
        List<Facts> options = new ArrayList<>();
        cells.forEach((alike, of) -> options.add(new Facts(
                alike.title() + ", "
                        + Headline.listed(
                                of.stream().map(Cell::workload).distinct().toList()) + ", "
                        + Plural.noun(of.size(), "cell") + " "
                        + Headline.listed(of.stream().map(Cell::id).toList()),
                alike.facts())));
        return options;
    }

    private static List<Fact> options(LabelledCell labelledCell) {
        Map<String, String> effective =
                last(labelledCell).map(Trial::effectiveOptions).orElse(Map.of());
        List<Fact> facts = new ArrayList<>();
        new TreeMap<>(effective).forEach((name, value) -> facts.add(new Fact(name, value)));
        new TreeMap<>(labelledCell.cell().engineOptions())
                .forEach((name, value) -> facts.add(new Fact(name + " (asked for by the plan)", value)));
        if (effective.isEmpty()) {
            facts.add(new Fact("none", "the engine reports no options"));
        }
        return facts;
    }
}
