package io.quorumark.workload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quorumark.workload.digest.Sha256;
import io.quorumark.workload.key.KeySpec;
import io.quorumark.workload.spec.InvalidValue;
import io.quorumark.workload.value.ValueSpec;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A workload: what is asked of a store, and in which shares.
 *
 * @param name lower case, digits and dashes
 * @param description one sentence for people who choose
 * @param model what the operations are about
 * @param records how many records (sessions of a session store, accounts of a ledger, entries of a log, keys of a trace at the most)
 *     are loaded unless the caller asks for
 *     another number
 * @param operations share of each operation after the load; they sum to 1. Null for a replay
 * @param keys which records are touched. Null for a replay
 * @param values what is written
 * @param maxScanLength scans return 1 to so many records, uniformly; required if the mix has scans of varying length
 * @param section what only this model has; null if it has nothing of its own
 * @param readsMayMiss whether reads of keys that are not there belong to the workload; if they do not, results name them. Null for no
 */
public record WorkloadSpec(
        String name,
        String description,
        WorkloadModel model,
        long records,
        @Nullable Map<String, Double> operations,
        @Nullable KeySpec keys,
        ValueSpec values,
        @Nullable Integer maxScanLength,
        @Nullable ModelSection section,
        @Nullable Boolean readsMayMiss) {

    /** The most records that a stream can be opened with. */
    public static final long MAX_RECORDS = 1_000_000_000;

    private static final ObjectMapper IDENTITY = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();
    /** Sections that identities name even if a workload has none: stored results hold identities that were made so. */
    private static final Set<String> SECTIONS_IN_EVERY_IDENTITY = Set.of("controlPlane", "ledger", "raftLog", "trace");

    private static final double SUM_TOLERANCE = 1e-9;

    /** One whose reads are to find what they ask for. */
    public WorkloadSpec(
            String name,
            String description,
            WorkloadModel model,
            long records,
            @Nullable Map<String, Double> operations,
            @Nullable KeySpec keys,
            ValueSpec values,
            @Nullable Integer maxScanLength,
            @Nullable ModelSection section) {
        this(name, description, model, records, operations, keys, values, maxScanLength, section, null);
    }

    public WorkloadSpec {
        if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new InvalidValue("name", name, "lower-case words joined by dashes, such as ycsb-a");
        }
        if (description.isBlank()) {
            throw new InvalidValue("description", "empty", "a sentence");
        }
        section = section == null ? model.defaultSection() : section;
        if (section != null && !section.getClass().equals(model.sectionType())) {
            throw new InvalidValue("section", section, "one of the model " + model.id());
        }
        if (model.isReplay()) {
            checkAbsent("operations", operations);
            checkAbsent("keys", keys == null ? null : "there");
        } else {
            operations = checkedMix(model, operations);
            if (keys == null) {
                throw InvalidValue.missing("keys", "a mapping with the key distribution");
            }
            if (values.sizes() == ValueSpec.Sizes.TRACE) {
                throw new InvalidValue("values.sizes", "trace", "another shape, as this model replays no trace");
            }
        }
        Map<String, Double> shares = operations == null ? Map.of() : operations;
        model.check(shares, values, section);
        boolean scans = shares.getOrDefault(model.scanOfDrawnLength(), 0.0) > 0
                || model.recordedDemands(section).contains(Demand.SCAN);
        if (scans && maxScanLength == null) {
            throw InvalidValue.missing("maxScanLength", "1 to 100000, as the mix has scans");
        }
        if (!scans && maxScanLength != null) {
            throw new InvalidValue("maxScanLength", maxScanLength, "no such key in a mix without scans; remove it");
        }
        if (maxScanLength != null && (maxScanLength < 1 || maxScanLength > 100_000)) {
            throw new InvalidValue("maxScanLength", maxScanLength, "1 to 100000");
        }
        checkRecords(model, records);
    }

    /**
     * Opens the stream of this workload.
     *
     * @param seed of everything random in it
     * @param records how many records to load, 1 to {@link WorkloadModel#maxRecords()}
     */
    public OperationStream openStream(long seed, long records) {
        checkRecords(model, records);
        return new GeneratedStream(this, model.openGenerator(this, seed, records));
    }

    /** How many records a scan returns at the most; 1 if the workload does not say. */
    public int longestScan() {
        return maxScanLength == null ? 1 : maxScanLength;
    }

    /** What the times of its trace are, for people; empty if it has none. */
    public Optional<String> traceTimes() {
        return Optional.ofNullable(section).flatMap(ModelSection::times);
    }

    /** Why the times of its trace are probably not what they are taken for, and what to do; empty if nothing speaks against them. */
    public Optional<String> traceDoubt() {
        return Optional.ofNullable(section).flatMap(ModelSection::doubt);
    }

    /** What the workload demands of a target: of its load, and of every operation that has a share or was recorded. */
    public Set<Demand> demands() {
        EnumSet<Demand> demands = EnumSet.copyOf(model.loadDemands());
        demands.addAll(model.recordedDemands(section));
        for (OperationType operation : model.operations()) {
            if (share(operation.name()) > 0) {
                demands.addAll(operation.demands());
            }
        }
        return Collections.unmodifiableSet(demands);
    }

    /** This with the files that it names read, which are relative to {@code folder}. */
    public WorkloadSpec withFilesIn(Path folder) {
        return new WorkloadSpec(
                name,
                description,
                model,
                records,
                operations,
                keys,
                values.withFilesIn(folder),
                maxScanLength,
                section == null ? null : section.withFilesIn(folder),
                readsMayMiss);
    }

    /**
     * What tells this workload from every other one: SHA-256, in hexadecimal, over all that decides what is asked of a target,
     * defaults filled in, the content of named files
     * included. Neither the description nor the place of a file counts, nor whether reads may miss.
     */
    public String identity() {
        Map<String, @Nullable Object> decisive = new TreeMap<>();
        SECTIONS_IN_EVERY_IDENTITY.forEach(key -> decisive.put(key, null));
        decisive.put("name", name);
        decisive.put("model", model.id());
        decisive.put("records", records);
        decisive.put("operations", operations);
        decisive.put("keys", keys);
        decisive.put("values", values);
        decisive.put("maxScanLength", maxScanLength);
        if (section != null) {
            decisive.put(model.sectionKey(), section);
        }
        try {
            // Through a tree of maps, so that the keys of every level are in order.
            Object tree = IDENTITY.treeToValue(IDENTITY.valueToTree(decisive), TreeMap.class);
            return Sha256.hex(IDENTITY.writeValueAsBytes(tree));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a workload cannot be written as JSON", e);
        }
    }

    /** The share of an operation in the mix, 0 if it is not named. */
    public double share(String operation) {
        return operations == null ? 0 : operations.getOrDefault(operation, 0.0);
    }

    /** Which records are touched, of a model that draws them. */
    public KeySpec drawnKeys() {
        return Objects.requireNonNull(keys);
    }

    /** What only this model has, of a model that has a section. */
    public <T extends ModelSection> T section(Class<T> type) {
        return type.cast(Objects.requireNonNull(section));
    }

    private static void checkRecords(WorkloadModel model, long records) {
        if (records < 1 || records > model.maxRecords()) {
            throw new InvalidValue("records", records, "1 to " + model.maxRecords());
        }
    }

    private static void checkAbsent(String key, @Nullable Object value) {
        if (value != null) {
            throw new InvalidValue(key, value, "no such key with this model; remove it");
        }
    }

    private static Map<String, Double> checkedMix(WorkloadModel model, @Nullable Map<String, Double> operations) {
        if (operations == null) {
            throw InvalidValue.missing("operations", "shares of " + String.join(", ", model.operationClasses()));
        }
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
        return Collections.unmodifiableMap(new LinkedHashMap<>(operations));
    }
}
