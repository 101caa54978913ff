package io.quorumark.report.index;

import io.quorumark.report.page.Asset;
import io.quorumark.report.page.Check;
import io.quorumark.report.text.Figures;
import io.quorumark.results.model.Host;
import io.quorumark.results.text.Plural;
import java.util.ArrayList;
import java.util.List;

/** What the templates of an index fill in; the names are theirs. */
@SuppressWarnings("UnusedVariable") // read by the templates, by name
record IndexView(
        String version,
        String headline,
        String leftOutTitle,
        boolean hasLeftOut,
        List<LeftOutFolder> leftOut,
        List<MachineView> machines,
        Asset style,
        Asset script) {

    record MachineView(String id, String title, String description, List<CardView> cards) {}

    record CardView(
            String id,
            String campaignId,
            String report,
            String record,
            String folder,
            String sentence,
            String startedAt,
            String profile,
            String durability,
            String workloads,
            List<Check> checks,
            List<String> options) {}

    static IndexView of(CampaignIndex index, Asset style) {
        List<MachineView> machines = new ArrayList<>();
        for (CampaignIndex.Machine machine : index.machines()) {
            String id = "machine-" + (machines.size() + 1);
            List<CardView> cards = new ArrayList<>();
            for (CampaignCard card : machine.campaigns()) {
                cards.add(card(id + "-" + (cards.size() + 1), card));
            }
            Host host = machine.host();
            machines.add(new MachineView(
                    id,
                    host.cpuModel() + ", " + Plural.of(host.cpuCount(), "processor") + ", "
                            + Figures.bytes((double) host.memoryBytes()),
                    host.os() + ", " + host.architecture() + ", " + host.dataFilesystem() + " on " + host.dataDevice()
                            + ", fingerprint " + host.fingerprint(),
                    cards));
        }
        return new IndexView(
                index.version(),
                index.summary(),
                Plural.of(index.leftOut().size(), "folder") + " left out",
                !index.leftOut().isEmpty(),
                index.leftOut(),
                machines,
                style,
                Asset.NONE);
    }

    private static CardView card(String id, CampaignCard card) {
        return new CardView(
                id,
                card.campaignId(),
                card.documents().report().orElse(""),
                card.documents().record().orElse(""),
                card.documents().folder(),
                card.sentence(),
                Figures.minute(card.createdAt()),
                card.profile(),
                String.join(", ", card.durability()),
                String.join(", ", card.workloads()),
                card.checks(),
                card.options().stream()
                        .map(option -> option.option().name() + ": " + option.standing())
                        .toList());
    }
}
