package io.quorumark.results.fairness;

import io.quorumark.results.fairness.FairnessFinding.Severity;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Trial;
import io.quorumark.results.store.StoredCampaign;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Trials of one workload issued the same operations, as far as any two of them went. A time-bounded trial of a slow engine ends early: to
 * compare all trials with one of them would leave what lies beyond its end unchecked.
 */
final class SameStream implements FairnessCheck {
    private static final String ID = "same-operations";

    /** A prefix's digest, and the first trial that went so far. */
    private record Prefix(String digest, Trial trial) {}

    @Override
    public List<FairnessFinding> check(StoredCampaign stored) {
        List<FairnessFinding> findings = new ArrayList<>();
        Map<String, TreeMap<Long, Prefix>> knownByWorkload = new HashMap<>();
        for (Trial trial : stored.trials()) {
            if (trial.verification() == null) {
                continue;
            }
            TreeMap<Long, Prefix> prefixes = new TreeMap<>();
            trial.verification()
                    .streamDigests()
                    .forEach((length, digest) -> prefixes.put(Long.parseLong(length), new Prefix(digest, trial)));
            Cell cell = stored.campaign().cell(trial.cellId());
            TreeMap<Long, Prefix> known = knownByWorkload.computeIfAbsent(
                    cell.workload() + "/" + cell.load().records(), each -> new TreeMap<>());
            Optional<Trial> other = differing(prefixes, known);
            if (other.isPresent()) {
                findings.add(new FairnessFinding(ID, Severity.UNFAIR, sentence(stored, cell, trial, other.get())));
            } else {
                // a trial that differs must not become what the following ones are compared with
                prefixes.forEach(known::putIfAbsent);
            }
        }
        return findings;
    }

    /**
     * The trial from which these prefixes differ at the longest that is known; streams without a common prefix cannot be shown to be the
     * same.
     */
    private static Optional<Trial> differing(NavigableMap<Long, Prefix> prefixes, NavigableMap<Long, Prefix> known) {
        for (Map.Entry<Long, Prefix> longest : prefixes.descendingMap().entrySet()) {
            Prefix other = known.get(longest.getKey());
            if (other != null) {
                return other.digest().equals(longest.getValue().digest())
                        ? Optional.empty()
                        : Optional.of(other.trial());
            }
        }
        return known.isEmpty()
                ? Optional.empty()
                : Optional.of(known.firstEntry().getValue().trial());
    }

    private static String sentence(StoredCampaign stored, Cell cell, Trial trial, Trial other) {
        return "Block " + (trial.block() + 1) + " of " + cell.engineName() + " on " + cell.workload()
                + " issued other operations than block " + (other.block() + 1) + " of "
                + stored.campaign().cell(other.cellId()).engineName() + ".";
    }
}
