package io.quorumark.report.adr;

import io.quorumark.report.text.Template;
import io.quorumark.results.decision.Assumptions;
import io.quorumark.results.decision.Decision;
import io.quorumark.results.store.AtomicFiles;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
        try {
            RecordFile existing = new RecordFile(file, wholeText(file));
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
            if (!Files.exists(copy, LinkOption.NOFOLLOW_LINKS)) {
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
        return new RecordFile(file, text(file)).assumptions();
    }

    /** The same; empty if there is no file, or it is not as it was written. */
    public static Optional<Assumptions> assumptionsIfWhole(Path file) throws IOException {
        return Files.exists(file) ? new RecordFile(file, text(file)).assumptionsIfWhole() : Optional.empty();
    }

    /** To be compared and not to be written again: what is not UTF-8 is replaced, which no part that the program wrote survives. */
    public static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    /** With every word as it is. */
    private static String wholeText(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new EditedRecordException(
                    file, "is not UTF-8 text, so that its words could not be kept; save it as UTF-8");
        }
    }

    private static String body(Decision decision) {
        return DOCUMENT.render(AdrView.of(decision));
    }
}
