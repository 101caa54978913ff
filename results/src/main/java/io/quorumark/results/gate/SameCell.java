package io.quorumark.results.gate;

import io.quorumark.results.model.Cell;
import io.quorumark.results.store.ResultsJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * What two cells must share to be compared over time: everything but the engine's version, which a gate and a history are there to see change. A cell's own id holds the version,
 * and is another after an upgrade.
 *
 * @param engine as in {@link Cell}, like all others
 */
public record SameCell(
        String engine,
        String workload,
        String target,
        Cell.Cluster cluster,
        Cell.Load load,
        long memoryBudgetBytes,
        Map<String, String> engineOptions) {
    private static final int ID_BYTES = 6;

    public static SameCell of(Cell cell) {
        return new SameCell(
                cell.engine(),
                cell.workload(),
                cell.target(),
                cell.cluster(),
                cell.load(),
                cell.memoryBudgetBytes(),
                cell.engineOptions());
    }

    /** A hash of all of it: twelve hexadecimal digits, the same on every machine. */
    public String id() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(ResultsJson.write(this).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JVM has SHA-256", e);
        }
    }
}
