package io.quorumark.report.adr;

import io.quorumark.report.text.Template;
import io.quorumark.results.decision.Assumptions;
import io.quorumark.results.decision.Decision;
import io.quorumark.results.store.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * {@code adr.md}: a decision record in the MADR 4 format, always proposed, every figure citing the campaign and cell it comes from. It says
 * what a {@link Decision} says and no more. Of a file that is there already only the generated parts are replaced; what people wrote stays.
 */
public final class AdrDocument {

    private static final Template DOCUMENT = Template.markdown("adr.md.mustache");

    private AdrDocument() {}

    /**
     * Writes a record, or renews the generated parts of one, in one step: the file is whole or as it was.
     *
     * @param force whether a record whose generated part was edited is replaced all the same; a copy is kept beside it
     * @return the copy, if one was kept
     * @throws EditedRecordException the generated part was edited, and {@code force} is false
     */
    public static Optional<Path> write(Decision decision, Path file, boolean force) throws IOException {
        if (!Files.exists(file)) {
            AtomicFiles.write(file, render(decision));
            return Optional.empty();
        }
        RecordFile existing = new RecordFile(file, Files.readString(file));
        try {
            AtomicFiles.write(file, existing.replaced(Assumptions.of(decision), body(decision)));
            return Optional.empty();
        } catch (EditedRecordException e) {
            if (!force) {
                throw e;
            }
            Path copy = freeName(file);
            AtomicFiles.copy(file, copy);
            AtomicFiles.write(file, render(decision));
            return Optional.of(copy);
        }
    }

    private static Path freeName(Path file) {
        for (int number = 1; ; number++) {
            Path copy = file.resolveSibling(file.getFileName() + ".kept" + (number == 1 ? "" : "-" + number));
            if (!Files.exists(copy)) {
                return copy;
            }
        }
    }

    /** A whole new record. The same decision gives the same text. */
    public static String render(Decision decision) {
        Instant date = decision.evidence().campaigns().stream()
                .map(each -> each.stored().campaign().createdAt())
                .max(Instant::compareTo)
                .orElseThrow();
        return RecordFile.fresh(
                date.atZone(ZoneOffset.UTC).toLocalDate().toString(), Assumptions.of(decision), body(decision));
    }

    /**
     * What a record takes for granted, its rules included.
     *
     * @throws EditedRecordException the front matter's generated part was edited or is missing
     */
    public static Assumptions assumptions(Path file) throws IOException {
        return new RecordFile(file, Files.readString(file)).assumptions();
    }

    /** The same; empty if there is no file, or it is not as it was written. */
    public static Optional<Assumptions> assumptionsIfWhole(Path file) throws IOException {
        return Files.exists(file)
                ? new RecordFile(file, Files.readString(file)).assumptionsIfWhole()
                : Optional.empty();
    }

    private static String body(Decision decision) {
        return DOCUMENT.render(AdrView.of(decision));
    }
}
