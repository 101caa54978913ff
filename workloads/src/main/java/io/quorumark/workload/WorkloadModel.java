package io.quorumark.workload;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quorumark.workload.trace.TraceOperation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the operations of a workload are about, how they are called, and what they demand of a target. */
public enum WorkloadModel {
    /** The core workload of the Yahoo! Cloud Serving Benchmark: independent records under hashed keys. */
    @JsonProperty("ycsb")
    YCSB,

    /** The same records, and then what happens to an engine besides operations: started, killed, copied, compacted. */
    @JsonProperty("lifecycle")
    LIFECYCLE,

    /** Sessions with a token, found by token, by user and by expiry: three entries that live and die in one atomic batch. */
    @JsonProperty("session-store")
    SESSION_STORE,

    /** A cache's keys, of which a part is there at any time. */
    @JsonProperty("cache")
    CACHE,

    /** Configuration under prefixes, listed by prefix and changed by compare-and-set. */
    @JsonProperty("control-plane")
    CONTROL_PLANE,

    /** A chain of blocks, and the state that their transactions change. */
    @JsonProperty("ledger")
    LEDGER,

    /** The log of a Raft member: grows at its end, is pruned at its beginning, and now and then loses its last entries to a new leader. */
    @JsonProperty("raft-log")
    RAFT_LOG,

    /** Recorded operations. */
    @JsonProperty("trace")
    TRACE;

    /** The operation classes that a mix may have, in the order of {@link Operation#operationClassIndex()}. */
    public List<String> operationClasses() {
        return switch (this) {
            case YCSB, LIFECYCLE -> List.of("read", "update", "insert", "scan", "rmw");
            case SESSION_STORE -> List.of("create", "validate", "touch", "delete-user");
            case CACHE -> List.of("get", "set", "del", "exists");
            case CONTROL_PLANE -> List.of("get", "list", "cas", "delete");
            case LEDGER -> List.of("append", "read-state", "list-state", "read-block", "scan-blocks");
            case RAFT_LOG -> List.of("append", "read", "prune", "cut");
            case TRACE ->
                Arrays.stream(TraceOperation.values())
                        .map(TraceOperation::written)
                        .toList();
        };
    }

    /** What the load demands. */
    Set<Demand> loadDemands() {
        return switch (this) {
            case YCSB, LIFECYCLE, CACHE, CONTROL_PLANE, TRACE -> Set.of(Demand.INSERT);
            case SESSION_STORE, RAFT_LOG -> Set.of(Demand.BATCH);
            case LEDGER -> Set.of(Demand.INSERT, Demand.BATCH);
        };
    }

    /** What the operations of each class demand. */
    Map<String, Set<Demand>> demands() {
        return switch (this) {
            case YCSB, LIFECYCLE ->
                Map.of(
                        "read", Set.of(Demand.READ),
                        "update", Set.of(Demand.UPDATE),
                        "insert", Set.of(Demand.INSERT),
                        "scan", Set.of(Demand.SCAN),
                        "rmw", Set.of(Demand.READ_MODIFY_WRITE));
            case SESSION_STORE ->
                Map.of(
                        "create", Set.of(Demand.BATCH),
                        "validate", Set.of(Demand.READ),
                        "touch", Set.of(Demand.COMPARE_AND_SET),
                        "delete-user", Set.of(Demand.BATCH));
            case CACHE ->
                Map.of(
                        "get", Set.of(Demand.READ),
                        "set", Set.of(Demand.INSERT, Demand.UPDATE),
                        "del", Set.of(Demand.DELETE),
                        "exists", Set.of(Demand.EXISTS));
            case CONTROL_PLANE ->
                Map.of(
                        "get", Set.of(Demand.READ),
                        "list", Set.of(Demand.SCAN),
                        "cas", Set.of(Demand.COMPARE_AND_SET),
                        "delete", Set.of(Demand.DELETE));
            case LEDGER ->
                Map.of(
                        "append", Set.of(Demand.BATCH),
                        "read-state", Set.of(Demand.READ),
                        "list-state", Set.of(Demand.SCAN),
                        "read-block", Set.of(Demand.READ),
                        "scan-blocks", Set.of(Demand.SCAN));
            case RAFT_LOG ->
                Map.of(
                        "append", Set.of(Demand.BATCH),
                        "read", Set.of(Demand.SCAN),
                        "prune", Set.of(Demand.DELETE_RANGE),
                        "cut", Set.of(Demand.DELETE_RANGE));
            case TRACE ->
                Arrays.stream(TraceOperation.values())
                        .collect(Collectors.toMap(
                                TraceOperation::written, operation -> Set.of(TraceGenerator.demand(operation))));
        };
    }

    /** The operation class that scans 1 to {@link WorkloadSpec#maxScanLength()} records; empty where there is none. */
    String scanOfDrawnLength() {
        return switch (this) {
            case YCSB, LIFECYCLE -> "scan";
            case LEDGER -> "scan-blocks";
            case RAFT_LOG -> "read";
            case TRACE -> TraceOperation.SCAN.written();
            case SESSION_STORE, CACHE, CONTROL_PLANE -> "";
        };
    }
}
