package io.quorumark.campaign.trial;

import io.quorumark.engine.EngineProvider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a trial's threads are for, by their kernel names. An engine's own background threads are apart; what it does on the threads of its
 * callers belongs to those: {@code log} is Raft's log thread with the log engine in it, {@code apply} the state machine's with the state
 * engine, {@code client} the load driver's, which is also if a bare engine works. Immutable.
 */
final class ThreadRoles {
    /** Of the threads that the harness and the Raft library start. */
    private static final Map<String, List<String>> OF_HARNESS = new LinkedHashMap<>();

    private static final List<String> OF_JVM = List.of(
            "GC Thread",
            "G1 ",
            "C1 Compiler",
            "C2 Compiler",
            "VM Thread",
            "VM Periodic",
            "Reference Handl",
            "Finalizer",
            "Cleaner",
            "Common-Cleaner",
            "Signal Dispatch",
            "Service Thread",
            "Monitor Deflati",
            "Notification Th",
            "Sweeper thread",
            "process reaper");

    static {
        OF_HARNESS.put(
                "client",
                List.of(
                        "quorumark-load",
                        "quorumark-pause",
                        "java",
                        "parent-watch",
                        "replication-lag",
                        "cost-sampler",
                        "stall-watch"));
        OF_HARNESS.put("log", List.of("JRaft-LogManage", "log-cut"));
        OF_HARNESS.put("apply", List.of("JRaft-FSMCaller"));
        // JRaft names a node's own threads after its group.
        OF_HARNESS.put(
                "raft",
                List.of(
                        "JRaft-",
                        "quorumark",
                        "in-jvm-",
                        "raft-rpc-",
                        "Append-Entries",
                        "ReadOnlyService",
                        "read-timeouts",
                        "snapshot-",
                        "member-",
                        "cluster-retry",
                        "group-retry",
                        "Bolt-",
                        "bolt-",
                        "Rpc-"));
    }

    /** Beginnings of names, the first that fits wins. */
    private final Map<String, String> byBeginning = new LinkedHashMap<>();

    /** @param engines whose background threads may run beside the harness's */
    ThreadRoles(Iterable<EngineProvider> engines) {
        OF_HARNESS.forEach(this::put);
        engines.forEach(engine -> put("engine", engine.backgroundThreads()));
        put("jvm", OF_JVM);
    }

    private void put(String role, List<String> beginnings) {
        beginnings.forEach(beginning -> byBeginning.putIfAbsent(beginning, role));
    }

    String of(String threadName) {
        for (Map.Entry<String, String> beginning : byBeginning.entrySet()) {
            if (threadName.startsWith(beginning.getKey())) {
                return beginning.getValue();
            }
        }
        return "other";
    }

    /**
     * Nanoseconds by role. What the process used beyond its living threads was used by threads that have ended.
     *
     * @param processNanos of the whole process
     */
    Map<String, Long> sum(Map<String, Long> nanosByThread, long processNanos) {
        Map<String, Long> nanos = new TreeMap<>();
        nanosByThread.forEach((name, spent) -> nanos.merge(of(name), spent, Long::sum));
        long known = nanos.values().stream().mapToLong(Long::longValue).sum();
        nanos.put("ended", Math.max(0, processNanos - known));
        return nanos;
    }
}
