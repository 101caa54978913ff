package io.quorumark.endpoint.resp;

import io.quorumark.endpoint.EndpointConfig;
import io.quorumark.raft.LogBounds;
import io.quorumark.raft.Member;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The sections of {@code INFO}, under Redis's names as far as they are true here, and names that begin with {@code quorumark_}.
 * Thread-safe.
 */
final class ServerInfo {
    /** What clients look at before they choose a way to talk: the first version that had everything answered here. */
    static final String REDIS_VERSION = "7.0.0";

    private static final double MICROS_PER_SECOND = 1e6;

    private final Member member;
    private final int maxConnections;
    private final RespStatistics statistics;

    ServerInfo(Member member, EndpointConfig config, RespStatistics statistics) {
        this.member = member;
        this.maxConnections = config.maxConnections();
        this.statistics = statistics;
    }

    /** A part of the answer. */
    enum Section {
        SERVER,
        CLIENTS,
        MEMORY,
        STATS,
        REPLICATION,
        /** Not by default, as with Redis. */
        COMMANDSTATS,
        /** Only by its name: it walks over all keys. */
        KEYSPACE
    }

    /** The sections that a request names; those that it does not know are none. */
    static Set<Section> sections(Request request) {
        Set<Section> wanted = new TreeSet<>();
        for (int i = 1; i < request.count(); i++) {
            String name = RespCommands.text(request.word(i)).toUpperCase(Locale.ROOT);
            switch (name) {
                case "DEFAULT" -> addDefault(wanted);
                case "ALL", "EVERYTHING" -> {
                    addDefault(wanted);
                    wanted.add(Section.COMMANDSTATS);
                }
                default -> {
                    for (Section section : Section.values()) {
                        if (section.name().equals(name)) {
                            wanted.add(section);
                        }
                    }
                }
            }
        }
        if (request.count() == 1) {
            addDefault(wanted);
        }
        return wanted;
    }

    private static void addDefault(Set<Section> wanted) {
        wanted.addAll(Set.of(Section.SERVER, Section.CLIENTS, Section.MEMORY, Section.STATS, Section.REPLICATION));
    }

    /** @param keys how many there are; read for {@link Section#KEYSPACE} only */
    String text(Set<Section> sections, long keys) {
        List<String> texts = new ArrayList<>();
        for (Section section : sections) {
            List<String> lines = new ArrayList<>();
            String name = section.name();
            lines.add("# " + name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT));
            lines.addAll(lines(section, keys));
            texts.add(String.join("\r\n", lines) + "\r\n");
        }
        return String.join("\r\n", texts);
    }

    private List<String> lines(Section section, long keys) {
        return switch (section) {
            case SERVER -> server();
            case CLIENTS ->
                List.of("connected_clients:" + statistics.connectionsOpen(), "maxclients:" + maxConnections);
            case MEMORY -> memory();
            case STATS -> stats();
            case REPLICATION -> replication();
            case COMMANDSTATS ->
                statistics.costs().stream().map(ServerInfo::costLine).toList();
            case KEYSPACE -> keys == 0 ? List.of() : List.of("db0:keys=" + keys + ",expires=0,avg_ttl=0");
        };
    }

    private static List<String> server() {
        long upSeconds = ManagementFactory.getRuntimeMXBean().getUptime() / 1000;
        return List.of(
                "redis_version:" + REDIS_VERSION,
                "redis_mode:standalone",
                "process_id:" + ProcessHandle.current().pid(),
                "uptime_in_seconds:" + upSeconds,
                "uptime_in_days:" + upSeconds / 86_400);
    }

    /** Of the Java heap; engines keep more outside of it. */
    private static List<String> memory() {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        return List.of("used_memory:" + heap.getUsed(), "maxmemory:" + heap.getMax());
    }

    private List<String> stats() {
        long calls = 0;
        long failures = 0;
        for (RespStatistics.CommandCost cost : statistics.costs()) {
            calls += cost.calls();
            failures += cost.failures();
        }
        return List.of(
                "total_connections_received:" + (statistics.connectionsAccepted() + statistics.connectionsRefused()),
                "total_commands_processed:" + calls,
                "rejected_connections:" + statistics.connectionsRefused(),
                "total_error_replies:" + failures,
                "quorumark_broken_connections:" + statistics.brokenConnections());
    }

    private List<String> replication() {
        LogBounds log = member.logBounds();
        return List.of(
                // every member takes writes, those that do not lead by sending them on
                "role:master",
                "quorumark_member:" + member.id(),
                "quorumark_leader:" + member.leaderId(),
                "quorumark_term:" + member.term(),
                "quorumark_applied_index:" + member.lastAppliedIndex(),
                "quorumark_first_log_index:" + log.firstIndex(),
                "quorumark_last_log_index:" + log.lastIndex());
    }

    private static String costLine(RespStatistics.CommandCost cost) {
        double micros = cost.seconds() * MICROS_PER_SECOND;
        return String.format(
                Locale.ROOT,
                "cmdstat_%s:calls=%d,usec=%d,usec_per_call=%.2f,rejected_calls=0,failed_calls=%d",
                cost.command(),
                cost.calls(),
                Math.round(micros),
                micros / cost.calls(),
                cost.failures());
    }
}
