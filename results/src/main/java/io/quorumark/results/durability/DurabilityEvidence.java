package io.quorumark.results.durability;

import io.quorumark.results.model.DurabilityFinding;
import io.quorumark.results.store.AtomicFiles;
import io.quorumark.results.store.CampaignFolder;
import io.quorumark.results.store.ResultsException;
import io.quorumark.results.store.ResultsJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The durability matrix: engines × levels.
 *
 * @param formatVersion {@link #FORMAT_VERSION} when written; a reader refuses any other
 * @param command the command line that repeats it
 * @param findings by engine and level
 */
public record DurabilityEvidence(int formatVersion, String command, List<DurabilityFinding> findings) {
    public static final int FORMAT_VERSION = 1;
    private static final List<String> LEVELS = List.of("NONE", "PROCESS_CRASH", "POWER_LOSS");

    public DurabilityEvidence {
        findings = findings.stream()
                .sorted(Comparator.comparing(DurabilityFinding::engine)
                        .thenComparing(DurabilityFinding::engineVersion)
                        .thenComparingInt(finding -> LEVELS.indexOf(finding.level())))
                .toList();
    }

    /** None yet. */
    public static DurabilityEvidence none() {
        return new DurabilityEvidence(FORMAT_VERSION, "", List.of());
    }

    /**
     * These findings and another one, in the place of what was known of the same engine, version and level.
     */
    public DurabilityEvidence with(DurabilityFinding added) {
        List<DurabilityFinding> all = new ArrayList<>(findings);
        all.removeIf(finding -> finding.engine().equals(added.engine())
                && finding.engineVersion().equals(added.engineVersion())
                && finding.level().equals(added.level()));
        all.add(added);
        return new DurabilityEvidence(FORMAT_VERSION, command, all);
    }

    /** The same findings, with the command line that repeats them. */
    public DurabilityEvidence repeatedBy(String line) {
        return new DurabilityEvidence(formatVersion, line, findings);
    }

    /** What is known of an engine in this version; empty if nothing is. */
    public List<DurabilityFinding> of(String engine, String engineVersion) {
        return findings.stream()
                .filter(finding -> finding.engine().equals(engine)
                        && finding.engineVersion().equals(engineVersion))
                .toList();
    }

    /** What lies beside a campaign. Throws like {@link #read}. */
    public static Optional<DurabilityEvidence> in(CampaignFolder folder) {
        return Files.exists(folder.durabilityJson(), LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(read(folder.durabilityJson()))
                : Optional.empty();
    }

    /** Replaces {@code file} in one step. */
    public void write(Path file) throws IOException {
        AtomicFiles.write(file, ResultsJson.write(this));
    }

    /**
     * Reads it back.
     *
     * @throws ResultsException the file is missing, damaged or of another version
     */
    public static DurabilityEvidence read(Path file) {
        DurabilityEvidence evidence = ResultsJson.read(file, DurabilityEvidence.class);
        if (evidence.formatVersion != FORMAT_VERSION) {
            throw ResultsException.otherVersion(file, evidence.formatVersion, FORMAT_VERSION);
        }
        return evidence;
    }
}
