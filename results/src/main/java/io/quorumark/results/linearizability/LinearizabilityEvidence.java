package io.quorumark.results.linearizability;

import io.quorumark.results.model.LinearizabilityFinding;
import io.quorumark.results.store.AtomicFiles;
import io.quorumark.results.store.CampaignFolder;
import io.quorumark.results.store.ResultsException;
import io.quorumark.results.store.ResultsJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checked histories of groups on several engines.
 *
 * @param formatVersion {@link #FORMAT_VERSION} when written; a reader refuses any other
 * @param command the command line that repeats it
 * @param findings by engine
 */
public record LinearizabilityEvidence(int formatVersion, String command, List<LinearizabilityFinding> findings) {
    public static final int FORMAT_VERSION = 1;

    public LinearizabilityEvidence {
        findings = List.copyOf(findings);
    }

    /** None yet. */
    public static LinearizabilityEvidence none() {
        return new LinearizabilityEvidence(FORMAT_VERSION, "", List.of());
    }

    /**
     * These findings and another one, in the place of what was known of the same engine, version and engine of the log.
     */
    public LinearizabilityEvidence with(LinearizabilityFinding added) {
        List<LinearizabilityFinding> all = new ArrayList<>(findings);
        all.removeIf(finding -> finding.engine().equals(added.engine())
                && finding.engineVersion().equals(added.engineVersion())
                && finding.logEngine().equals(added.logEngine()));
        all.add(added);
        return new LinearizabilityEvidence(FORMAT_VERSION, command, all);
    }

    /** The same findings, with the command line that repeats them. */
    public LinearizabilityEvidence repeatedBy(String line) {
        return new LinearizabilityEvidence(formatVersion, line, findings);
    }

    /** What is known of groups whose state is on an engine in this version; empty if nothing is. */
    public List<LinearizabilityFinding> of(String engine, String engineVersion) {
        return findings.stream()
                .filter(finding -> finding.engine().equals(engine)
                        && finding.engineVersion().equals(engineVersion))
                .toList();
    }

    /** Replaces {@code file} in one step. */
    public void write(Path file) throws IOException {
        AtomicFiles.write(file, ResultsJson.write(this));
    }

    /** What lies beside a campaign. Throws like {@link #read}. */
    public static Optional<LinearizabilityEvidence> in(CampaignFolder folder) {
        return Files.exists(folder.linearizabilityJson(), LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(read(folder.linearizabilityJson()))
                : Optional.empty();
    }

    /**
     * Reads it back.
     *
     * @throws ResultsException the file is missing, damaged or of another version
     */
    public static LinearizabilityEvidence read(Path file) {
        LinearizabilityEvidence evidence = ResultsJson.read(file, LinearizabilityEvidence.class);
        if (evidence.formatVersion != FORMAT_VERSION) {
            throw ResultsException.otherVersion(file, evidence.formatVersion, FORMAT_VERSION);
        }
        return evidence;
    }
}
