package io.quorumark.workload.trace;

import io.quorumark.workload.digest.Sha256;
import io.quorumark.workload.spec.RoundedNumbers;
import io.quorumark.workload.spec.SpecException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A trace that has been read once from end to end and found good. Immutable; the file itself is read again by every {@link
 * TraceCursor}, which refuses a file that has
 * changed in length or date since.
 */
public final class TraceFile {
    private static final double NANOS_PER_SECOND = 1e9;

    /** Hardly anything that is recorded is asked more often in a second. */
    private static final double HIGHEST_LIKELY_RATE = 1e6;

    /** One operation in a quarter of an hour. */
    private static final double LOWEST_LIKELY_RATE = 1.0 / 900;

    private final Path path;
    private final TraceFormat format;
    private final OffsetUnit unit;
    private final boolean isUnitNamed;
    private final String sha256;
    private final long fileBytes;
    private final long modifiedMillis;
    private final long rows;
    private final long firstOffset;
    private final long spanNanos;
    private final Set<TraceOperation> operations;

    private TraceFile(
            Path path,
            TraceFormat format,
            OffsetUnit unit,
            boolean isUnitNamed,
            String sha256,
            long fileBytes,
            long modifiedMillis,
            long rows,
            long firstOffset,
            long spanNanos,
            Set<TraceOperation> operations) {
        this.path = path;
        this.format = format;
        this.unit = unit;
        this.isUnitNamed = isUnitNamed;
        this.sha256 = sha256;
        this.fileBytes = fileBytes;
        this.modifiedMillis = modifiedMillis;
        this.rows = rows;
        this.firstOffset = firstOffset;
        this.spanNanos = spanNanos;
        this.operations = operations;
    }

    /**
     * Reads and checks all rows.
     *
     * @param named what times are counted in; {@link OffsetUnit#DEFAULT} if nobody says
     * @throws SpecException the file is not there, is empty, or has a row that is not as the format says
     */
    public static TraceFile read(Path path, TraceFormat format, @Nullable OffsetUnit named) {
        OffsetUnit unit = named == null ? OffsetUnit.DEFAULT : named;
        MessageDigest digest = Sha256.newDigest();
        Set<TraceOperation> operations = EnumSet.noneOf(TraceOperation.class);
        long rows = 0;
        long first = 0;
        long last = 0;
        try {
            long fileBytes = Files.size(path);
            long modifiedMillis = Files.getLastModifiedTime(path).toMillis();
            try (InputStream in = new DigestInputStream(Files.newInputStream(path), digest)) {
                Rows source = format.open(path.toString(), in);
                TraceRow row = new TraceRow();
                while (source.next(row)) {
                    if (rows == 0) {
                        first = row.offset;
                    } else if (row.offset < last) {
                        throw new SpecException(
                                path.toString(),
                                source.line(),
                                source.offsetName(),
                                "is " + row.offset + ", expected at least " + last
                                        + " as in the row before; sort the file by time");
                    }
                    last = row.offset;
                    if (last - first > Long.MAX_VALUE / unit.nanos()) {
                        throw new SpecException(
                                path.toString(),
                                source.line(),
                                source.offsetName(),
                                "is " + last + ", more than 292 years of " + unit.written()
                                        + " after the first row; correct trace.offsetUnit in the workload's file");
                    }
                    operations.add(row.operation);
                    rows++;
                }
            }
            if (rows == 0) {
                throw new SpecException(path.toString(), 0, "", "has no rows, expected at least one operation");
            }
            return new TraceFile(
                    path,
                    format,
                    unit,
                    named != null,
                    HexFormat.of().formatHex(digest.digest()),
                    fileBytes,
                    modifiedMillis,
                    rows,
                    first,
                    (last - first) * unit.nanos(),
                    Collections.unmodifiableSet(operations));
        } catch (NoSuchFileException e) {
            throw new SpecException(path.toString(), 0, "", "no such file; it is named by trace.file");
        } catch (IOException e) {
            throw SpecException.unreadable(path, e);
        }
    }

    /** A cursor that stands before the first row. */
    public TraceCursor openCursor() {
        return new TraceCursor(this);
    }

    /** Of the file's bytes, in hexadecimal. */
    public String digest() {
        return sha256;
    }

    public long rows() {
        return rows;
    }

    /** From the first row to the last, in nanoseconds. */
    public long spanNanos() {
        return spanNanos;
    }

    /** What happens in the trace. */
    public Set<TraceOperation> operations() {
        return operations;
    }

    /** The average time between two rows, in nanoseconds; a second for all rows if there is but one or no time between them. */
    public double meanGapNanos() {
        return spanNanos == 0 ? NANOS_PER_SECOND / rows : (double) spanNanos / (rows - 1);
    }

    /**
     * How many rows, how far apart the first and the last, and how many a second that makes: for people, to see whether the unit is right.
     */
    public String timesText() {
        String counted = "times in " + unit.written() + (isUnitNamed ? "" : " (trace.offsetUnit is not set)");
        if (spanNanos == 0) {
            return String.format(
                    Locale.ROOT, "%,d %s at one time, %s", rows, rows == 1 ? "operation" : "operations", counted);
        }
        return String.format(
                Locale.ROOT,
                "%,d operations in %s s, %s op/s on average, %s",
                rows,
                RoundedNumbers.text(spanNanos / NANOS_PER_SECOND),
                RoundedNumbers.text(meanOpsPerSecond()),
                counted);
    }

    /** Why the unit of the times is probably another one, and what to do; empty if nothing speaks against it. */
    public Optional<String> doubt() {
        Optional<OffsetUnit> likely = OffsetUnit.ofTimeSince1970(firstOffset);
        if (!isUnitNamed && likely.isPresent() && likely.get() != unit) {
            return Optional.of("times begin at " + firstOffset + ", which looks like "
                    + likely.get().written() + " since 1970 and is read as " + unit.written()
                    + "; set trace.offsetUnit in the workload's file");
        }
        if (spanNanos > 0 && (meanOpsPerSecond() > HIGHEST_LIKELY_RATE || meanOpsPerSecond() < LOWEST_LIKELY_RATE)) {
            return Optional.of("a mean rate of " + RoundedNumbers.text(meanOpsPerSecond())
                    + " op/s is unlikely, as times are read as "
                    + unit.written() + (isUnitNamed ? "; correct" : "; set")
                    + " trace.offsetUnit in the workload's file if they are something else");
        }
        return Optional.empty();
    }

    private double meanOpsPerSecond() {
        return NANOS_PER_SECOND / meanGapNanos();
    }

    InputStream openStream() throws IOException {
        if (Files.size(path) != fileBytes || Files.getLastModifiedTime(path).toMillis() != modifiedMillis) {
            throw new SpecException(
                    path.toString(), 0, "", "has changed since it was checked; leave it alone while it is replayed");
        }
        return Files.newInputStream(path);
    }

    Path path() {
        return path;
    }

    TraceFormat format() {
        return format;
    }

    OffsetUnit unit() {
        return unit;
    }
}
