package io.quorumark.workload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorumark.workload.spec.InvalidValue;
import io.quorumark.workload.spec.SpecException;
import io.quorumark.workload.spec.StrictYaml;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A workload as its YAML file describes it.
 *
 * @param name lower case, digits and dashes
 * @param description one sentence for people who choose
 * @param model what the operations are about
 * @param records how many records (sessions of a session store, accounts of a ledger, entries of a log, keys of a trace at the most) are loaded unless the caller asks for another number
 * @param operations share of each operation class after the load; they sum to 1. Null for a trace
 * @param keys which records are touched. Null for a trace
 * @param values what is written
 * @param maxScanLength scans return 1 to so many records, uniformly; required where the mix has scans of varying length
 * @param controlPlane what only the model {@code control-plane} has
 * @param ledger what only the model {@code ledger} has
 * @param raftLog what only the model {@code raft-log} has
 * @param trace what only the model {@code trace} has
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
        @Nullable ControlPlaneSpec controlPlane,
        @Nullable LedgerSpec ledger,
        @Nullable RaftLogSpec raftLog,
        @Nullable TraceSpec trace) {

    /** The most records that a stream can be opened with. */
    public static final long MAX_RECORDS = 1_000_000_000;

    private static final ObjectMapper IDENTITY = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();
    private static final double SUM_TOLERANCE = 1e-9;

    public WorkloadSpec {
        if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new InvalidValue("name", name, "lower-case words joined by dashes, such as ycsb-a");
        }
        if (description.isBlank()) {
            throw new InvalidValue("description", "empty", "a sentence");
        }
        checkOnlyWith(model, WorkloadModel.TRACE, "trace", trace);
        checkOnlyWith(
                model, WorkloadModel.TRACE, "values.sizes", values.sizes() == ValueSpec.Sizes.TRACE ? "trace" : null);
        if (model == WorkloadModel.TRACE) {
            checkTrace(operations, keys, values, trace);
        } else {
            operations = checkedMix(model, operations);
            if (keys == null) {
                throw InvalidValue.missing("keys", "a mapping with the key distribution");
            }
        }
        boolean scans = share(operations, model.scanOfDrawnLength()) > 0
                || (trace != null && trace.file().isRead() && traced(trace).contains(Demand.SCAN));
        if (scans && maxScanLength == null) {
            throw InvalidValue.missing("maxScanLength", "1 to 100000, as the mix has scans");
        }
        if (!scans && maxScanLength != null && (trace == null || trace.file().isRead())) {
            throw new InvalidValue("maxScanLength", maxScanLength, "no such key in a mix without scans; remove it");
        }
        if (maxScanLength != null && (maxScanLength < 1 || maxScanLength > 100_000)) {
            throw new InvalidValue("maxScanLength", maxScanLength, "1 to 100000");
        }
        checkOnlyWith(model, WorkloadModel.CONTROL_PLANE, "controlPlane", controlPlane);
        checkOnlyWith(model, WorkloadModel.LEDGER, "ledger", ledger);
        checkOnlyWith(model, WorkloadModel.RAFT_LOG, "raftLog", raftLog);
        switch (model) {
            case YCSB, LIFECYCLE, TRACE -> {}
            case SESSION_STORE -> checkSessions(operations, values);
            case CACHE -> KeyUniverse.check("set", share(operations, "set"), "del", share(operations, "del"));
            case CONTROL_PLANE -> {
                KeyUniverse.check("cas", share(operations, "cas"), "delete", share(operations, "delete"));
                controlPlane = controlPlane == null ? ControlPlaneSpec.DEFAULT : controlPlane;
            }
            case LEDGER -> ledger = ledger == null ? LedgerSpec.DEFAULT : ledger;
            case RAFT_LOG -> {
                checkShortest(values, RaftLogGenerator.MIN_VALUE_BYTES, "version and term");
                raftLog = raftLog == null ? RaftLogSpec.DEFAULT : raftLog;
            }
        }
        checkRecords(model, records);
    }

    /**
     * Reads a workload file, and the files that it names, which are relative to its folder.
     *
     * @throws SpecException one of them cannot be used
     */
    public static WorkloadSpec read(Path file) {
        WorkloadSpec spec = StrictYaml.read(file, WorkloadSpec.class);
        Path folder = file.toAbsolutePath().getParent();
        try {
            return folder == null ? spec : spec.withFilesIn(folder);
        } catch (InvalidValue e) {
            throw new SpecException(file.toString(), 0, e.key(), e.problem());
        }
    }

    /**
     * Opens the stream of this workload.
     *
     * @param seed of everything random in it
     * @param records how many records to load, 1 to {@link #MAX_RECORDS} (of a control plane 10,000,000, of a trace 8,000,000)
     */
    public OperationStream openStream(long seed, long records) {
        checkRecords(model, records);
        return new GeneratedStream(
                this,
                switch (model) {
                    case YCSB, LIFECYCLE -> new YcsbGenerator(this, seed, records);
                    case SESSION_STORE -> new SessionGenerator(this, seed, records);
                    case CACHE -> new CacheGenerator(this, seed, records);
                    case CONTROL_PLANE ->
                        new ControlPlaneGenerator(this, Objects.requireNonNull(controlPlane), seed, records);
                    case LEDGER -> new LedgerGenerator(this, Objects.requireNonNull(ledger), seed, records);
                    case RAFT_LOG -> new RaftLogGenerator(this, Objects.requireNonNull(raftLog), seed, records);
                    case TRACE ->
                        new TraceGenerator(
                                this, Objects.requireNonNull(trace).file().content(), seed, records);
                });
    }

    /** How many records a scan returns at the most; 1 where the workload does not say. */
    int longestScan() {
        return maxScanLength == null ? 1 : maxScanLength;
    }

    /** What the workload demands of a target: of its load, and of every operation class that has a share. */
    public Set<Demand> demands() {
        EnumSet<Demand> demands = EnumSet.copyOf(model.loadDemands());
        if (trace != null) {
            demands.addAll(traced(trace));
        }
        for (String operationClass : model.operationClasses()) {
            if (share(operationClass) > 0) {
                demands.addAll(Objects.requireNonNull(model.demands().get(operationClass)));
            }
        }
        return Collections.unmodifiableSet(demands);
    }

    private WorkloadSpec withFilesIn(Path folder) {
        return new WorkloadSpec(
                name,
                description,
                model,
                records,
                operations,
                keys,
                values.withFilesIn(folder),
                maxScanLength,
                controlPlane,
                ledger,
                raftLog,
                trace == null ? null : trace.readFrom(folder));
    }

    /**
     * What tells this workload from every other one: SHA-256, in hexadecimal, over all that decides what is asked of a target, defaults filled in, the content of named files
     * included. Neither the description nor the place of a file counts.
     */
    public String identity() {
        try {
            ObjectNode tree = IDENTITY.valueToTree(this);
            tree.remove("description");
            return Sha256.hex(IDENTITY.writeValueAsBytes(IDENTITY.treeToValue(tree, TreeMap.class)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a workload cannot be written as JSON", e);
        }
    }

    /** The share of an operation class in the mix, 0 where it is not named. */
    public double share(String operationClass) {
        return share(operations, operationClass);
    }

    /** Which records are touched, where the model draws them. */
    KeySpec drawnKeys() {
        return Objects.requireNonNull(keys);
    }

    private static double share(@Nullable Map<String, Double> operations, String operationClass) {
        return operations == null ? 0 : operations.getOrDefault(operationClass, 0.0);
    }

    private static Set<Demand> traced(TraceSpec trace) {
        EnumSet<Demand> demands = EnumSet.noneOf(Demand.class);
        trace.file().content().operations().forEach(operation -> demands.add(TraceGenerator.demand(operation)));
        return demands;
    }

    private static void checkTrace(
            @Nullable Map<String, Double> operations,
            @Nullable KeySpec keys,
            ValueSpec values,
            @Nullable TraceSpec trace) {
        if (trace == null) {
            throw InvalidValue.missing("trace", "a mapping with the keys file and format");
        }
        if (operations != null) {
            throw new InvalidValue("operations", operations, "no such key with this model; remove it");
        }
        if (keys != null) {
            throw new InvalidValue("keys", "there", "no such key with this model; remove it");
        }
        if (values.sizes() != ValueSpec.Sizes.TRACE) {
            throw new InvalidValue(
                    "values.sizes",
                    values.sizes().name().toLowerCase(Locale.ROOT),
                    "trace, as the trace has the lengths");
        }
    }

    private static void checkRecords(WorkloadModel model, long records) {
        long most = switch (model) {
            case CONTROL_PLANE -> ControlPlaneGenerator.MAX_RECORDS;
            case TRACE -> TraceGenerator.MAX_RECORDS;
            default -> MAX_RECORDS;
        };
        if (records < 1 || records > most) {
            throw new InvalidValue("records", records, "1 to " + most);
        }
    }

    private static void checkOnlyWith(WorkloadModel model, WorkloadModel owner, String key, @Nullable Object value) {
        if (value != null && model != owner) {
            throw new InvalidValue(key, "there", "no such key with this model; remove it");
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

    private static void checkShortest(ValueSpec values, int leastBytes, String header) {
        int shortest = values.shortestBytes();
        if (shortest < leastBytes) {
            String key = switch (values.sizes()) {
                case CONSTANT -> "values.bytes";
                case UNIFORM, LOGNORMAL -> "values.minBytes";
                case HISTOGRAM -> "values.file";
                case TRACE -> "values.sizes";
            };
            throw new InvalidValue(key, shortest, "at least " + leastBytes + ": " + header);
        }
    }

    private static void checkSessions(@Nullable Map<String, Double> operations, ValueSpec values) {
        checkShortest(values, SessionGenerator.MIN_VALUE_BYTES, "version, user and expiry");
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
