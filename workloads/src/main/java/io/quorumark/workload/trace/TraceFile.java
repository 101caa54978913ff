package io.quorumark.workload.trace;

import io.quorumark.workload.digest.Sha256;
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
import java.util.Set;

/**
 * A trace that has been read once from end to end and found good. Immutable; the file itself is read again by every {@link TraceCursor}, which refuses a file that has
 * changed in length or date since.
 */
public final class TraceFile {
    private final Path path;
    private final TraceFormat format;
    private final String sha256;
    private final long fileBytes;
    private final long modifiedMillis;
    private final long rows;
    private final long spanMicros;
    private final Set<TraceOperation> operations;

    private TraceFile(
            Path path,
            TraceFormat format,
            String sha256,
            long fileBytes,
            long modifiedMillis,
            long rows,
            long spanMicros,
            Set<TraceOperation> operations) {
        this.path = path;
        this.format = format;
        this.sha256 = sha256;
        this.fileBytes = fileBytes;
        this.modifiedMillis = modifiedMillis;
        this.rows = rows;
        this.spanMicros = spanMicros;
        this.operations = operations;
    }

    /**
     * Reads and checks all rows.
     *
     * @throws SpecException the file is not there, is empty, or has a row that is not as the format says
     */
    public static TraceFile read(Path path, TraceFormat format) {
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
                        first = row.offsetMicros;
                    } else if (row.offsetMicros < last) {
                        throw new SpecException(
                                path.toString(),
                                source.line(),
                                "offsetMicros",
                                "is " + row.offsetMicros + ", expected at least " + last
                                        + " as in the row before; sort the file by time");
                    }
                    last = row.offsetMicros;
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
                    HexFormat.of().formatHex(digest.digest()),
                    fileBytes,
                    modifiedMillis,
                    rows,
                    last - first,
                    Collections.unmodifiableSet(operations));
        } catch (NoSuchFileException e) {
            throw new SpecException(path.toString(), 0, "", "no such file; it is named by trace.file");
        } catch (IOException e) {
            throw new SpecException(path.toString(), 0, "", "cannot be read: " + e.getMessage());
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

    /** From the first row to the last, in microseconds. */
    public long spanMicros() {
        return spanMicros;
    }

    /** What happens in the trace. */
    public Set<TraceOperation> operations() {
        return operations;
    }

    /** The average time between two rows, in microseconds; a second where there is but one row or no time between them. */
    public double meanGapMicros() {
        return spanMicros == 0 ? 1e6 / rows : (double) spanMicros / (rows - 1);
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
}
