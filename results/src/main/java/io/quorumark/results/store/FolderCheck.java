package io.quorumark.results.store;

import io.quorumark.results.ExitCode;
import io.quorumark.results.model.Trial;
import io.quorumark.results.store.FolderFinding.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Whether a campaign's folder holds all that was stored in it, and that unchanged. */
public final class FolderCheck {
    private FolderCheck() {}

    /**
     * A document as it follows from what is stored now.
     *
     * @param file its path
     * @param text the whole of it
     * @param generated the part of a text that the program wrote: all of it, but for a record that people write in
     */
    public record MadeAnew(Path file, String text, UnaryOperator<String> generated) {}

    /** All that differs in files and trials, by file. */
    public static List<FolderFinding> of(StoredCampaign stored) throws IOException {
        Map<String, FolderFinding> found = new LinkedHashMap<>();
        files(stored.folder()).forEach(finding -> found.putIfAbsent(finding.file(), finding));
        boolean hasEnded = Manifest.in(stored.folder()).filter(Manifest::ended).isPresent();
        trials(stored, hasEnded).forEach(finding -> found.putIfAbsent(finding.file(), finding));
        return List.copyOf(found.values());
    }

    /**
     * Refuses to add to a folder that is not as it was.
     *
     * @throws ResultsException naming the first file that is missing, edited or added
     */
    public static void requireWhole(StoredCampaign stored) throws IOException {
        for (FolderFinding finding : of(stored)) {
            if (finding.kind().exitCode() == ExitCode.INCORRECT) {
                throw new ResultsException(stored.folder().root().resolve(finding.file()), finding.sentence());
            }
        }
    }

    /**
     * Documents that are not what the results give: recorded and gone, edited, out of date, or of another version.
     *
     * @param madeBy this program, as {@link Manifest.Document#madeBy} names it
     * @param ranBy the program that ran the campaign, likewise
     */
    public static List<FolderFinding> documents(
            CampaignFolder folder, List<MadeAnew> madeAnew, String madeBy, String ranBy) throws IOException {
        Optional<Manifest> manifest = Manifest.in(folder);
        Map<String, Manifest.Document> recorded =
                manifest.map(Manifest::documents).orElse(Map.of());
        // versions of before manifests recorded no end, and none of the documents that they made
        boolean mayBeOlder = manifest.filter(Manifest::ended).isEmpty() && !ranBy.equals(madeBy);
        List<FolderFinding> findings = new ArrayList<>();
        for (MadeAnew document : madeAnew) {
            String file = Manifest.nameIn(folder, document.file());
            Manifest.Document written = recorded.get(file);
            if (Files.exists(document.file())) {
                byte[] bytes = CampaignReader.bytes(document.file());
                if (!document.generated()
                        .apply(new String(bytes, StandardCharsets.UTF_8))
                        .equals(document.generated().apply(document.text()))) {
                    findings.add(
                            written == null && mayBeOlder
                                    ? ofOlderVersion(file, madeBy, ranBy)
                                    : differs(file, written, Sha256.of(bytes), madeBy));
                }
            } else if (written != null) {
                findings.add(new FolderFinding(
                        Kind.MISSING, file, "was written and is missing; make it again, or restore it from a copy"));
            }
        }
        return findings;
    }

    private static FolderFinding ofOlderVersion(String file, String madeBy, String ranBy) {
        return new FolderFinding(
                Kind.OTHER_VERSION,
                file,
                "is not what this version gives (" + madeBy
                        + "), and no manifest says which one made it; the campaign was run by " + ranBy
                        + ": check it with that one, or make it again");
    }

    private static FolderFinding differs(
            String file, Manifest.@Nullable Document written, String sha256, String madeBy) {
        if (written == null) {
            return new FolderFinding(
                    Kind.EDITED,
                    file,
                    "is not what the stored results give: it was edited, or is out of date; make it again");
        }
        if (!written.sha256().equals(sha256)) {
            return new FolderFinding(
                    Kind.EDITED,
                    file,
                    "was edited after it was written, and is not what the stored results give; make it again");
        }
        return written.madeBy().equals(madeBy)
                ? new FolderFinding(Kind.STALE, file, "is out of date: the results have changed since; make it again")
                : new FolderFinding(
                        Kind.OTHER_VERSION,
                        file,
                        "was made by another version (" + written.madeBy() + "; this is " + madeBy
                                + "), which may have written other words; check it with that one, or make it again");
    }

    /**
     * Files that are not as the manifest recorded them, by name; and, without a manifest of the end, that there is none.
     *
     * @throws ResultsException the manifest is damaged
     */
    public static List<FolderFinding> files(CampaignFolder folder) throws IOException {
        Optional<Manifest> manifest = Manifest.in(folder);
        List<FolderFinding> findings = new ArrayList<>();
        if (manifest.isEmpty() || !manifest.get().ended()) {
            findings.add(
                    new FolderFinding(
                            Kind.NOT_ENDED,
                            "manifest.json",
                            "does not say that the campaign ended, so that its last trials may be missing;"
                                    + " go on with 'run --resume' to finish it, unless a version that wrote no manifests ran it"));
        }
        manifest.ifPresent(recorded -> recorded.files().forEach((file, sha256) -> {
            if (!Files.isRegularFile(folder.root().resolve(file))) {
                findings.add(missing(file));
            }
        }));
        Map<String, String> now = Manifest.digests(folder);
        for (String file : now.keySet()) {
            String recorded = manifest.map(each -> each.files().get(file)).orElse(null);
            if (recorded != null && !recorded.equals(now.get(file))) {
                findings.add(new FolderFinding(
                        Kind.EDITED, file, "is not the file that was stored; restore it from a copy"));
            } else if (recorded == null
                    && manifest.isPresent()
                    && manifest.get().ended()) {
                findings.add(new FolderFinding(
                        Kind.ADDED, file, "was not there when the campaign ended; remove what does not belong here"));
            }
        }
        return findings;
    }

    /**
     * Trials that must have run and are not there, because others that ran come later, or because the campaign ran to its end; and those
     * that ran after later ones.
     */
    private static List<FolderFinding> trials(StoredCampaign stored, boolean hasEnded) {
        List<FolderFinding> findings = new ArrayList<>();
        List<List<String>> order = stored.campaign().blockOrder();
        Instant earliestAfter = Instant.MAX;
        boolean laterRan = false;
        int wholeBlocks = hasEnded ? stored.plannedBlocks() : 0;
        List<Trial> trials = stored.trials();
        int last = trials.size() - 1;
        for (int block = order.size() - 1; block >= 0; block--) {
            for (int position = order.get(block).size() - 1; position >= 0; position--) {
                Trial trial = last >= 0
                                && trials.get(last).block() == block
                                && trials.get(last).position() == position
                        ? trials.get(last--)
                        : null;
                String file = Manifest.nameIn(
                        stored.folder(),
                        stored.folder().trialJson(block, order.get(block).get(position)));
                if (trial == null) {
                    if (laterRan || block < wholeBlocks) {
                        findings.add(0, missing(file));
                    }
                    continue;
                }
                laterRan = true;
                if (trial.startedAt().isAfter(earliestAfter)) {
                    findings.add(
                            0,
                            new FolderFinding(
                                    Kind.RUN_AGAIN,
                                    file,
                                    "was measured at " + trial.startedAt()
                                            + ", after trials that come later in the order:"
                                            + " it had failed, or it was deleted, and ran again"));
                } else {
                    earliestAfter = trial.startedAt();
                }
            }
        }
        return findings;
    }

    private static FolderFinding missing(String file) {
        return new FolderFinding(Kind.MISSING, file, "was stored and is missing; restore it from a copy");
    }
}
