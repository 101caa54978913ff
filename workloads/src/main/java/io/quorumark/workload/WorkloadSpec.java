package io.quorumark.workload;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quorumark.workload.spec.InvalidValue;
import io.quorumark.workload.spec.SpecException;
import io.quorumark.workload.spec.StrictYaml;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A workload as its YAML file describes it.
 *
 * @param name lower case, digits and dashes
 * @param description one sentence for people who choose
 * @param model what the operations are about
 * @param records how many records (sessions, for a session store) are loaded unless the caller asks for another number
 * @param operations share of each operation class after the load; they sum to 1
 * @param keys which records are touched
 * @param values what is written
 * @param maxScanLength scans return 1 to so many records, uniformly; required where the mix has scans
 */
public record WorkloadSpec(
        String name,
        String description,
        Model model,
        long records,
        Map<String, Double> operations,
        KeySpec keys,
        ValueSpec values,
        @Nullable Integer maxScanLength) {

    /** The most records that a stream can be opened with. */
    public static final long MAX_RECORDS = 1_000_000_000;

    private static final double SUM_TOLERANCE = 1e-9;

    /** What the operations of a workload are about, and how they are called. */
    public enum Model {
        /** The core workload of the Yahoo! Cloud Serving Benchmark: independent records under hashed keys. */
        @JsonProperty("ycsb")
        YCSB,
        /** Sessions with a token, found by token, by user and by expiry: three entries that live and die in one atomic batch. */
        @JsonProperty("session-store")
        SESSION_STORE;

        /** The operation classes that a mix may have, in the order of {@link Operation#operationClassIndex()}. */
        public List<String> operationClasses() {
            return switch (this) {
                case YCSB -> List.of("read", "update", "insert", "scan", "rmw");
                case SESSION_STORE -> List.of("create", "validate", "touch", "delete-user");
            };
        }
    }

    public WorkloadSpec {
        if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new InvalidValue("name", name, "lower-case words joined by dashes, such as ycsb-a");
        }
        if (description.isBlank()) {
            throw new InvalidValue("description", "empty", "a sentence");
        }
        checkRecords(records);
        operations = Collections.unmodifiableMap(new LinkedHashMap<>(operations));
        checkMix(model, operations);
        boolean scans = share(operations, "scan") > 0;
        if (scans && maxScanLength == null) {
            throw InvalidValue.missing("maxScanLength", "1 to 100000, as the mix has scans");
        }
        if (!scans && maxScanLength != null) {
            throw new InvalidValue("maxScanLength", maxScanLength, "no such key in a mix without scans; remove it");
        }
        if (maxScanLength != null && (maxScanLength < 1 || maxScanLength > 100_000)) {
            throw new InvalidValue("maxScanLength", maxScanLength, "1 to 100000");
        }
        if (model == Model.SESSION_STORE) {
            checkSessions(operations, values);
        }
    }

    /**
     * Reads a workload file.
     *
     * @throws SpecException it cannot be used
     */
    public static WorkloadSpec read(Path file) {
        return StrictYaml.read(file, WorkloadSpec.class);
    }

    /**
     * Opens the stream of this workload.
     *
     * @param seed of everything random in it
     * @param records how many records to load, 1 to {@link #MAX_RECORDS}
     */
    public OperationStream openStream(long seed, long records) {
        checkRecords(records);
        return new GeneratedStream(
                switch (model) {
                    case YCSB -> new YcsbGenerator(this, seed, records);
                    case SESSION_STORE -> new SessionGenerator(this, seed, records);
                });
    }

    /** The share of an operation class in the mix, 0 where it is not named. */
    public double share(String operationClass) {
        return share(operations, operationClass);
    }

    private static double share(Map<String, Double> operations, String operationClass) {
        return operations.getOrDefault(operationClass, 0.0);
    }

    private static void checkRecords(long records) {
        if (records < 1 || records > MAX_RECORDS) {
            throw new InvalidValue("records", records, "1 to " + MAX_RECORDS);
        }
    }

    private static void checkMix(Model model, Map<String, Double> operations) {
        double sum = 0;
        for (Map.Entry<String, Double> entry : operations.entrySet()) {
            String key = "operations." + entry.getKey();
            double share = entry.getValue();
            if (!model.operationClasses().contains(entry.getKey())) {
                throw new InvalidValue(
                        key, "not an operation here", "one of " + String.join(", ", model.operationClasses()));
            }
            if (!(share >= 0 && share <= 1)) {
                throw new InvalidValue(key, share, "a share from 0 to 1");
            }
            sum += share;
        }
        if (Math.abs(sum - 1) > SUM_TOLERANCE) {
            throw new InvalidValue("operations", operations + ", which sums to " + sum, "shares that sum to 1");
        }
    }

    private static void checkSessions(Map<String, Double> operations, ValueSpec values) {
        Integer shortest = values.bytes() != null ? values.bytes() : values.minBytes();
        if (shortest != null && shortest < SessionGenerator.MIN_VALUE_BYTES) {
            throw new InvalidValue(
                    values.bytes() != null ? "values.bytes" : "values.minBytes",
                    shortest,
                    "at least " + SessionGenerator.MIN_VALUE_BYTES + ": version, user and expiry");
        }
        double deletes = share(operations, "delete-user");
        double creates = share(operations, "create");
        if (deletes > 0 && creates < 2 * deletes) {
            throw new InvalidValue(
                    "operations.create",
                    creates,
                    "at least twice delete-user, which is " + deletes + ": users have more than one session each");
        }
    }
}
