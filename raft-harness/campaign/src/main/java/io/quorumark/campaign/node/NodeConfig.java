package io.quorumark.campaign.node;

import io.quorumark.campaign.Folders;
import io.quorumark.campaign.engine.EnginePath;
import io.quorumark.campaign.engine.Engines;
import io.quorumark.campaign.plan.RaftPlan;
import io.quorumark.campaign.plan.ResolvedRaft;
import io.quorumark.campaign.plan.Section;
import io.quorumark.campaign.plan.TlsConfig;
import io.quorumark.campaign.support.UsageError;
import io.quorumark.endpoint.Access;
import io.quorumark.endpoint.EndpointConfig;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.Keyspace;
import io.quorumark.raft.ClusterConfig;
import io.quorumark.raft.MemberAddress;
import io.quorumark.raft.MemberConfig;
import io.quorumark.raft.ReadConsistency;
import io.quorumark.raft.StoreSpec;
import io.quorumark.workload.spec.InvalidValue;
import io.quorumark.workload.spec.StrictYaml;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One member's configuration, as written in its YAML file (docs/groups.md).
 *
 * @param id {@code host:port}: how the group calls this member, and where it listens for members and clients
 * @param members the ids of all members that form the group when it is first started; absent for one that is to join a
 *     running group
 * @param group the group's name; {@code quorumark} if absent
 * @param data the member's folder, relative to the configuration's
 * @param engine under log and state, if {@code raft} names no other
 * @param enginePath jars of engines that are not part of the program, and of the libraries they need, relative to the
 *     configuration's folder
 * @param durability what an acknowledged write survives; {@code POWER_LOSS} if absent
 * @param memoryBudgetMiB per engine instance; 64 if absent
 * @param backgroundThreads per engine instance; 2 if absent
 * @param engineOptions native options per engine id
 * @param raft how the group replicates; the same on every member
 * @param resp {@code host:port} if Redis clients are let in; none if absent
 * @param http {@code host:port} for HTTP; none if absent
 * @param reads what the endpoints' reads may miss: {@code linearizable} (if absent), {@code lease} or {@code local}
 * @param tls between members, for clients and at the endpoints; plain text if absent
 * @param access whom the endpoints let in; without it nobody is asked, but with {@code tls} for a certificate
 */
public record NodeConfig(
        String id,
        @Nullable List<String> members,
        @Nullable String group,
        String data,
        String engine,
        @Nullable List<String> enginePath,
        @Nullable String durability,
        @Nullable Integer memoryBudgetMiB,
        @Nullable Integer backgroundThreads,
        @Nullable Map<String, Map<String, String>> engineOptions,
        @Nullable RaftPlan raft,
        @Nullable String resp,
        @Nullable String http,
        @Nullable String reads,
        @Nullable TlsConfig tls,
        @Nullable AccessConfig access)
        implements Section<NodeConfig> {

    /** The name of a group whose configurations name none. */
    public static final String DEFAULT_GROUP = "quorumark";

    private static final int DEFAULT_MEMORY_BUDGET_MIB = 64;
    private static final int MAX_PORT = 65_535;

    public NodeConfig {
        memberId("id", id);
        if (members != null) {
            members.forEach(member -> memberId("members", member));
        }
        if (durability != null
                && !List.of("NONE", "PROCESS_CRASH", "POWER_LOSS").contains(durability)) {
            throw new InvalidValue("durability", "'" + durability + "'", "NONE, PROCESS_CRASH or POWER_LOSS");
        }
        if (reads != null && !List.of("linearizable", "lease", "local").contains(reads)) {
            throw new InvalidValue("reads", "'" + reads + "'", "linearizable, lease or local");
        }
        address("resp", resp);
        address("http", http);
        atLeast("memoryBudgetMiB", memoryBudgetMiB, 8);
        atLeast("backgroundThreads", backgroundThreads, 1);
        if (tls == null && access != null && access.clientCertificates() != null) {
            throw new InvalidValue(
                    "access.clientCertificates",
                    "'" + access.clientCertificates() + "' without tls",
                    "tls beside it, or nothing here");
        }
        if (engine != null && engineOptions != null) {
            Set<String> used = new TreeSet<>(List.of(
                    engine(engine, raft == null ? null : raft.log()),
                    engine(engine, raft == null ? null : raft.state())));
            for (String tuned : engineOptions.keySet()) {
                if (!used.contains(tuned)) {
                    throw new InvalidValue("engineOptions." + tuned, "for no engine of this member", "one of " + used);
                }
            }
        }
    }

    private static String engine(String otherwise, RaftPlan.@Nullable StorePlan store) {
        return store == null || store.engine() == null ? otherwise : store.engine();
    }

    private static void memberId(String key, @Nullable String value) {
        if (value != null && !MemberAddress.isId(value)) {
            throw new InvalidValue(key, "'" + value + "'", MemberAddress.EXPECTED);
        }
    }

    private static void address(String key, @Nullable String value) {
        if (value != null && !(value.matches("[^\\s,]+:[0-9]{1,5}") && port(value) <= MAX_PORT)) {
            throw new InvalidValue(key, "'" + value + "'", "host:port with a port from 0 (a free one) to " + MAX_PORT);
        }
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    private static void atLeast(String key, @Nullable Integer value, int least) {
        if (value != null && value < least) {
            throw new InvalidValue(key, value, least + " or more");
        }
    }

    /** Nothing but what every member must say; the rest is said {@linkplain #with key by key}. */
    public static NodeConfig of(String id, String data, String engine) {
        return Section.empty(NodeConfig.class).with("id", id).with("data", data).with("engine", engine);
    }

    /** @throws io.quorumark.workload.spec.SpecException the file is missing or does not say what it should */
    public static NodeConfig read(Path file) {
        return StrictYaml.read(file, NodeConfig.class);
    }

    String groupOrDefault() {
        return group == null ? DEFAULT_GROUP : group;
    }

    /**
     * This as the Raft layer takes it.
     *
     * @param file where this was read from, for relative paths and messages
     * @throws UsageError an engine is unknown, its jar cannot be used, or it cannot do what is asked of it, or values contradict each other
     */
    MemberConfig toMember(Path file) {
        Engines engines = engines(file);
        try {
            ResolvedRaft resolved = ResolvedRaft.of(raft);
            Durability promised = Durability.ofCode(durability == null ? "POWER_LOSS" : durability);
            Durability logDurability = or(resolved.log().durability(), promised);
            EngineProvider log = engines.require(or(resolved.log().engine(), engine));
            EngineProvider state = engines.require(or(resolved.state().engine(), engine));
            Durability stateDurability =
                    or(resolved.state().durability(), StoreSpec.stateDurability(state, logDurability));
            return new MemberConfig(
                    groupOrDefault(),
                    id,
                    members == null ? List.of() : members,
                    file.toAbsolutePath().resolveSibling(data).normalize(),
                    store(log, logDurability),
                    store(state, stateDurability),
                    resolved.settings(),
                    ClusterConfig.DEFAULT_OPERATION_TIMEOUT);
        } catch (IllegalArgumentException e) {
            throw new UsageError(file + ": " + e.getMessage());
        }
    }

    /**
     * {@link #toMember}, with all that no member could be started with found before anything is written or started.
     *
     * @throws UsageError as by {@link #toMember}, the folder would lie in a file, or a keystore or password cannot be used
     * @throws io.quorumark.workload.spec.SpecException an engine would not take its options
     */
    MemberConfig check(Path file) {
        MemberConfig member = toMember(file);
        Folders.nearestThatExists(member.directory(), file + ": data");
        checkOptions(member.log(), file);
        checkOptions(member.state(), file);
        Access unusedAccess = accessOrDefault().resolve(file);
        if (tls != null) {
            tls.check(file);
        }
        return member;
    }

    private static void checkOptions(StoreSpec store, Path file) {
        try {
            store.provider().checkOptions(store.at(Path.of(store.provider().id()), Keyspace.listOf("state")));
        } catch (EngineException.InvalidOption e) {
            throw StrictYaml.readLocated(file, NodeConfig.class)
                    .lines()
                    .fault("engineOptions." + store.provider().id(), String.valueOf(e.getMessage()));
        }
    }

    private Engines engines(Path file) {
        if (enginePath == null) {
            return Engines.onClassPath();
        }
        try {
            return Engines.with(new EnginePath(enginePath.stream()
                    .map(jar -> file.toAbsolutePath().resolveSibling(jar))
                    .toList()));
        } catch (UsageError e) {
            throw new UsageError(file + ": enginePath: " + e.getMessage());
        }
    }

    AccessConfig accessOrDefault() {
        return access == null ? AccessConfig.DEFAULT : access;
    }

    /** Whether clients of the endpoints must show a certificate or a password. */
    boolean endpointsAskWhoComes() {
        AccessConfig rules = accessOrDefault();
        return rules.passwordFile() != null || (tls != null && rules.requiresCertificates());
    }

    /**
     * Where an endpoint is to be.
     *
     * @param address its {@code host:port}
     * @param file where this was read from
     * @param who is let in, the same for all endpoints of the member
     */
    EndpointConfig endpoint(String address, Path file, Access who) {
        EndpointConfig endpoint = EndpointConfig.onLoopback(port(address))
                .withHost(address.substring(0, address.lastIndexOf(':')))
                .withReads(reads == null ? ReadConsistency.LINEARIZABLE : ReadConsistency.ofWord(reads))
                .withAccess(who);
        return tls == null
                ? endpoint
                : endpoint.withTls(tls.forEndpoints(file, accessOrDefault().requiresCertificates()));
    }

    private StoreSpec store(EngineProvider provider, Durability level) {
        Map<String, String> options =
                engineOptions == null ? Map.of() : engineOptions.getOrDefault(provider.id(), Map.of());
        long budgetMiB = or(memoryBudgetMiB, DEFAULT_MEMORY_BUDGET_MIB);
        return new StoreSpec(
                provider,
                level,
                budgetMiB << 20,
                or(backgroundThreads, EngineConfig.DEFAULT_BACKGROUND_THREADS),
                EngineConfig.DEFAULT_MAX_DATA_BYTES,
                options);
    }

    private static <T> T or(@Nullable T written, T otherwise) {
        return written == null ? otherwise : written;
    }
}
