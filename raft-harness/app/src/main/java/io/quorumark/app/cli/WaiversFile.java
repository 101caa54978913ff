package io.quorumark.app.cli;

import io.quorumark.results.gate.Waiver;
import io.quorumark.results.gate.Waivers;
import io.quorumark.workload.spec.InvalidValue;
import io.quorumark.workload.spec.SpecException;
import io.quorumark.workload.spec.StrictYaml;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file of waivers as written.
 *
 * @param waivers at least one
 */
record WaiversFile(List<Entry> waivers) {
    WaiversFile {
        if (waivers.isEmpty()) {
            throw new InvalidValue("waivers", "empty", "at least one; without waivers leave out --waivers");
        }
        waivers = List.copyOf(waivers);
    }

    /**
     * Either {@code cell}, or {@code engine} and {@code workload}.
     *
     * @param cell an id as a gate prints it
     * @param engine an engine's id, with {@code *} for any characters
     * @param workload the same of a workload
     * @param reason for the reader of a gate
     * @param expires the last day, as {@code 2026-12-31}
     * @param approvedBy a name
     */
    record Entry(
            @Nullable String cell,
            @Nullable String engine,
            @Nullable String workload,
            String reason,
            String expires,
            @Nullable String approvedBy) {
        Entry {
            boolean pattern = engine != null && workload != null;
            if (cell == null ? !pattern : engine != null || workload != null) {
                throw InvalidValue.missing(
                        cell == null ? engine == null ? "engine" : "workload" : "cell",
                        "either 'cell' alone, or 'engine' and 'workload' together");
            }
            if (reason.isBlank()) {
                throw new InvalidValue("reason", "blank", "why this regression may pass");
            }
            date(expires);
        }

        private static LocalDate date(String text) {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeParseException e) {
                throw new InvalidValue(
                        "expires", "'" + text + "'", "the last day on which it holds, such as 2026-12-31");
            }
        }

        Waiver toWaiver() {
            Waiver.Cells cells = cell != null
                    ? new Waiver.OneCell(cell)
                    : new Waiver.Matching(String.valueOf(engine), String.valueOf(workload));
            return new Waiver(cells, reason, date(expires), Optional.ofNullable(approvedBy));
        }
    }

    /**
     * Reads a file.
     *
     * @throws SpecException it does not hold waivers, or holds expired ones only
     */
    static Waivers read(Path file, LocalDate today) {
        StrictYaml.Located<WaiversFile> read = StrictYaml.readLocated(file, WaiversFile.class);
        List<Waiver> waivers =
                read.value().waivers().stream().map(Entry::toWaiver).toList();
        if (waivers.stream().allMatch(waiver -> waiver.isExpired(today))) {
            throw read.lines()
                    .fault(
                            "waivers[0].expires",
                            "is " + waivers.get(0).expires() + ", and every other waiver has expired by " + today
                                    + ", too; expected one that holds: renew it, or leave out --waivers");
        }
        return new Waivers(waivers, today);
    }
}
