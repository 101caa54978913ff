package io.quorumark.report.index;

import io.quorumark.report.chart.Sparkline;
import io.quorumark.report.page.Asset;
import io.quorumark.report.page.Check;
import io.quorumark.report.page.Figure;
import io.quorumark.report.text.Figures;
import io.quorumark.results.model.Host;
import io.quorumark.results.text.Plural;
import java.util.ArrayList;
import java.util.Collections;
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

    /** @param layers what replication costs, for workloads that were measured with and without it */
    record MachineView(String id, String title, String description, List<CardView> cards, List<Figure> layers) {
        boolean hasLayers() {
            return !layers.isEmpty();
        }
    }

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
            List<String> options,
            List<TrendView> trends) {}

    /**
     * @param line a drawing of the machine's campaigns up to this one; empty if there is none before it
     * @param words what the line goes from and to
     */
    record TrendView(String name, String text, String line, String words) {}

    static IndexView of(CampaignIndex index, Asset style) {
        List<MachineView> machines = new ArrayList<>();
        for (CampaignIndex.Machine machine : index.machines()) {
            String id = "machine-" + (machines.size() + 1);
            List<CardView> cards = new ArrayList<>();
            for (CampaignCard card : machine.campaigns()) {
                // the latest comes first, so that what follows a card is its past
                List<CampaignCard> past = machine.campaigns()
                        .subList(cards.size() + 1, machine.campaigns().size());
                cards.add(card(id + "-" + (cards.size() + 1), card, past));
            }
            Host host = machine.host();
            machines.add(new MachineView(
                    id,
                    host.cpuModel() + ", " + Plural.of(host.cpuCount(), "processor") + ", "
                            + Figures.bytes((double) host.memoryBytes()),
                    host.os() + ", " + host.architecture() + ", " + host.dataFilesystem() + " on " + host.dataDevice()
                            + ", fingerprint " + host.fingerprint(),
                    cards,
                    Layers.of(id, machine.campaigns())));
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

    /** @param past campaigns of the machine before this one, the latest first */
    private static CardView card(String id, CampaignCard card, List<CampaignCard> past) {
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
                        .toList(),
                card.tracked().stream().map(figure -> trend(figure, past)).toList());
    }

    private static TrendView trend(TrackedFigure figure, List<CampaignCard> past) {
        List<TrackedFigure> line = new ArrayList<>(List.of(figure));
        past.forEach(card -> card.tracked().stream()
                .filter(each -> each.series().equals(figure.series()))
                .forEach(line::add));
        Collections.reverse(line);
        String words = words(line);
        Sparkline drawing = new Sparkline(
                figure.name() + ": " + words,
                line.stream().map(TrackedFigure::value).toList(),
                0);
        return new TrendView(figure.name(), figure.text(), words.isEmpty() ? "" : drawing.svg(), words);
    }

    /** Of one figure from the earliest campaign to the latest; nothing of a single one. */
    private static String words(List<TrackedFigure> line) {
        if (line.size() == 1) {
            return "";
        }
        String earliest = line.get(0).text();
        if (line.stream().allMatch(each -> each.text().equals(earliest))) {
            return "the same in " + line.size() + " campaigns";
        }
        return line.size() + " campaigns, from " + earliest + " to "
                + line.get(line.size() - 1).text();
    }
}
