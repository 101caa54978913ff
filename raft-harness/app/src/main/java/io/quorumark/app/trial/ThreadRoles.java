package io.quorumark.app.trial;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a trial's threads are for, by their kernel names. An engine's own background threads are apart; what it does on the threads of its callers belongs to those:
 * {@code log} is Raft's log thread with the log engine in it, {@code apply} the state machine's with the state engine, {@code client} the load driver's, which is also where a
 * bare engine works.
 */
final class ThreadRoles {
    /** Beginnings of names, the first that fits wins. */
    private static final Map<String, String> BY_BEGINNING = new LinkedHashMap<>();

    static {
        put("client", "quorumark-load", "quorumark-pause", "java", "parent-watch", "replication-lag", "cost-sampler");
        put("log", "JRaft-LogManage");
        put("apply", "JRaft-FSMCaller");
        // JRaft names a node's own threads after its group.
        put(
                "raft",
                "JRaft-",
                "quorumark",
                "in-jvm-",
                "raft-rpc-",
                "Append-Entries",
                "ReadOnlyService",
                "read-index",
                "snapshot-",
                "member-",
                "cluster-retry",
                "group-retry",
                "Bolt-",
                "bolt-",
                "Rpc-");
        put("engine", "rocksdb:", "memory-engine-", "mapdb", "Exodus", "mvstore-", "threadJobProces", "jnr.ffi");
        put(
                "jvm",
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
    }

    private ThreadRoles() {}

    private static void put(String role, String... beginnings) {
        for (String beginning : beginnings) {
            BY_BEGINNING.put(beginning, role);
        }
    }

    static String of(String threadName) {
        for (Map.Entry<String, String> beginning : BY_BEGINNING.entrySet()) {
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
    static Map<String, Long> sum(Map<String, Long> nanosByThread, long processNanos) {
        Map<String, Long> nanos = new TreeMap<>();
        nanosByThread.forEach((name, spent) -> nanos.merge(of(name), spent, Long::sum));
        long known = nanos.values().stream().mapToLong(Long::longValue).sum();
        nanos.put("ended", Math.max(0, processNanos - known));
        return nanos;
    }
}
