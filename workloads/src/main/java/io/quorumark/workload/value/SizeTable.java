package io.quorumark.workload.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.quorumark.workload.digest.Sha256;
import io.quorumark.workload.distribution.SizeSampler;
import io.quorumark.workload.distribution.TabulatedSizes;
import io.quorumark.workload.spec.SpecException;
import io.quorumark.workload.spec.TextFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A histogram of value sizes in a CSV file: the header {@code bytes,count}, then one line for each size. A workload file names it,
 * relative to its own folder; the file is
 * read together with the workload and not looked at again.
 */
public final class SizeTable {
    private static final String HEADER = "bytes,count";
    private static final long MAX_FILE_BYTES = 16 << 20;
    private static final long MAX_COUNT = 1L << 52;

    private final String file;
    private final String sha256;
    private final int[] bytes;
    private final double[] counts;

    private SizeTable(String file, String sha256, int[] bytes, double[] counts) {
        this.file = file;
        this.sha256 = sha256;
        this.bytes = bytes;
        this.counts = counts;
    }

    /** A table that has still to be read. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static SizeTable named(String file) {
        return new SizeTable(file, "", new int[0], new double[0]);
    }

    /**
     * Reads the table.
     *
     * @param folder what the file's name is relative to
     * @throws SpecException the file is not there, or not such a table; the message names file and line
     */
    public SizeTable readFrom(Path folder) {
        Path path = folder.resolve(file);
        byte[] content = content(path);
        String[] lines = TextFiles.withoutByteOrderMark(new String(content, StandardCharsets.UTF_8))
                .split("\\R", -1);
        if (!lines[0].equals(HEADER)) {
            throw new SpecException(path.toString(), 1, "", "is \"" + lines[0] + "\", expected the header " + HEADER);
        }
        int end = lines.length;
        while (lines[end - 1].isEmpty()) {
            end--;
        }
        int[] sizes = new int[end - 1];
        double[] weights = new double[end - 1];
        Set<Integer> seen = new HashSet<>();
        for (int i = 1; i < end; i++) {
            if (lines[i].isEmpty()) {
                throw new SpecException(
                        path.toString(), i + 1, "", "is blank, expected a size and its count; remove the line");
            }
            String[] fields = lines[i].split(",", -1);
            if (fields.length != 2) {
                throw new SpecException(
                        path.toString(),
                        i + 1,
                        "",
                        "has " + fields.length + " fields, expected two: a size in bytes and how often it occurs");
            }
            sizes[i - 1] = (int) number(path, i + 1, "bytes", fields[0], ValueSpec.MIN_BYTES, ValueSpec.MAX_BYTES);
            weights[i - 1] = (double) number(path, i + 1, "count", fields[1], 1, MAX_COUNT);
            if (!seen.add(sizes[i - 1])) {
                throw new SpecException(
                        path.toString(), i + 1, "bytes", "is " + sizes[i - 1] + " again, expected each size once");
            }
        }
        if (sizes.length == 0) {
            throw new SpecException(path.toString(), 2, "", "is missing, expected at least one size and its count");
        }
        return new SizeTable(file, Sha256.hex(content), sizes, weights);
    }

    /** What the workload file calls it. */
    public String file() {
        return file;
    }

    /** Of the file's content, in hexadecimal: what identifies the table. Empty before it is read. */
    @JsonValue
    public String sha256() {
        return sha256;
    }

    /** Draws sizes as often as they occur. */
    SizeSampler sampler(UniformRandomProvider random) {
        if (bytes.length == 0) {
            throw new IllegalStateException(file + " has not been read; read the workload with WorkloadSpec.read");
        }
        return new TabulatedSizes(bytes, counts, random);
    }

    /** The shortest of the sizes. */
    int shortestBytes() {
        int shortest = Integer.MAX_VALUE;
        for (int size : bytes) {
            shortest = Math.min(shortest, size);
        }
        return shortest;
    }

    private static byte[] content(Path path) {
        try {
            if (Files.size(path) > MAX_FILE_BYTES) {
                throw new SpecException(
                        path.toString(),
                        0,
                        "",
                        "is longer than " + MAX_FILE_BYTES + " bytes, expected a table of sizes");
            }
            return Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            throw new SpecException(path.toString(), 0, "", "no such file; it is named by values.file");
        } catch (IOException e) {
            throw SpecException.unreadable(path, e);
        }
    }

    private static long number(Path path, int line, String key, String text, long least, long most) {
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw outside(path, line, key, text, least, most);
        }
        throw outside(path, line, key, text, least, most);
    }

    private static SpecException outside(Path path, int line, String key, String text, long least, long most) {
        return new SpecException(
                path.toString(),
                line,
                key,
                "is \"" + text + "\", expected a whole number from " + least + " to " + most);
    }
}
