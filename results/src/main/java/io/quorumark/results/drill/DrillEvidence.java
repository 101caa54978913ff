package io.quorumark.results.drill;

import io.quorumark.results.model.Host;
import io.quorumark.results.store.AtomicFiles;
import io.quorumark.results.store.CampaignFolder;
import io.quorumark.results.store.ResultsException;
import io.quorumark.results.store.ResultsJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Drills of several engines on one machine, by turns.
 *
 * @param formatVersion {@link #FORMAT_VERSION} when written; a reader refuses any other
 * @param command the command line that repeats it
 * @param startedAt when the first drill began
 * @param host where
 * @param findings by engine, then in the order of the drills
 */
public record DrillEvidence(
        int formatVersion, String command, Instant startedAt, Host host, List<DrillFinding> findings) {
    public static final int FORMAT_VERSION = 1;

    public DrillEvidence {
        findings = List.copyOf(findings);
    }

    /** The findings of each drill, drills and engines in the order in which they were held. */
    public Map<String, List<DrillFinding>> byDrill() {
        return findings.stream()
                .collect(Collectors.groupingBy(DrillFinding::drill, LinkedHashMap::new, Collectors.toList()));
    }

    /** Replaces {@code file} in one step. */
    public void write(Path file) throws IOException {
        AtomicFiles.write(file, ResultsJson.write(this));
    }

    /** The drills that lie beside a campaign. Throws like {@link #read}. */
    public static Optional<DrillEvidence> in(CampaignFolder folder) {
        return Files.exists(folder.drillsJson(), LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(read(folder.drillsJson()))
                : Optional.empty();
    }

    /**
     * Reads it back.
     *
     * @throws ResultsException the file is missing, damaged or of another version
     */
    public static DrillEvidence read(Path file) {
        DrillEvidence evidence = ResultsJson.read(file, DrillEvidence.class);
        if (evidence.formatVersion != FORMAT_VERSION) {
            throw ResultsException.otherVersion(file, evidence.formatVersion, FORMAT_VERSION);
        }
        for (DrillFinding finding : evidence.findings) {
            for (double millis : finding.millis()) {
                if (!(millis >= 0 && millis < Double.POSITIVE_INFINITY)) {
                    throw new ResultsException(
                            file,
                            finding.engine() + " " + finding.drill() + " took " + millis
                                    + " ms, expected a number from 0 on");
                }
            }
        }
        return evidence;
    }
}
