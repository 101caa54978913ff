package io.quorumark.report.page;

import io.quorumark.report.page.Facts.Fact;
import io.quorumark.report.text.Figures;
import io.quorumark.results.fairness.OtherWork;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Host;
import io.quorumark.results.model.Software;
import io.quorumark.results.model.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
                new Fact("Quorumark", software.quorumarkVersion() + ", revision " + revision(software)),
                new Fact("JVM", software.javaVendor() + " " + software.javaVersion()),
                new Fact("JVM flags", String.join(" ", software.jvmFlags()))));
        new TreeMap<>(software.libraries()).forEach((artifact, version) -> ran.add(new Fact(artifact, version)));
        return List.of(new Facts("Machine", machine), new Facts("Software", ran));
    }

    static String revision(Software software) {
        return software.gitRevision() + (software.gitDirty() ? " with changes that were not committed" : "");
    }

    /** What was promised, and what the last counting trial's process took. */
    private static List<Fact> memory(LabelledCell labelledCell) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("memory budget per engine instance (promised)", Figures.bytes((double)
                labelledCell.cell().memoryBudgetBytes())));
        if (!labelledCell.trials().isEmpty()) {
            Trial.Resources used =
                    labelledCell.trials().get(labelledCell.trials().size() - 1).resources();
            facts.add(new Fact("peak RSS of the trial's process (measured)", measured(used.peakRssBytes())));
            facts.add(new Fact("PSS at the window's end (measured)", measured(used.pssBytes())));
            facts.add(new Fact(
                    "growth of the page cache (measured)",
                    used.pageCacheGrowthBytes() < 0 ? "none: it shrank" : measured(used.pageCacheGrowthBytes())));
        }
        return facts;
    }

    private static String measured(long bytes) {
        return bytes == 0 ? "not measured" : Figures.bytes((double) bytes);
    }

    /** What each engine read back in its last counting trial, by cell. */
    static List<Facts> options(LabelledCells labelledCells) {
        List<Facts> options = new ArrayList<>();
        for (List<LabelledCell> group : labelledCells.groups()) {
            for (LabelledCell labelledCell : group) {
                Map<String, String> effective = labelledCell.trials().isEmpty()
                        ? Map.of()
                        : new TreeMap<>(labelledCell
                                .trials()
                                .get(labelledCell.trials().size() - 1)
                                .effectiveOptions());
                List<Fact> facts = new ArrayList<>(memory(labelledCell));
                effective.forEach((name, value) -> facts.add(new Fact(name, value)));
                new TreeMap<>(labelledCell.cell().engineOptions())
                        .forEach((name, value) -> facts.add(new Fact(name + " (asked for by the plan)", value)));
                if (effective.isEmpty()) {
                    facts.add(new Fact("none", "the engine reports no options"));
                }
                options.add(new Facts(
                        labelledCell.label() + ", " + labelledCell.cell().workload() + ", cell "
                                + labelledCell.cell().id(),
                        facts));
            }
        }
        return options;
    }
}
