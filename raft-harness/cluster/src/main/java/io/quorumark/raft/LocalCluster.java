package io.quorumark.raft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The members of one Raft group, in this JVM.
 *
 * <pre>{@code
 * StoreSpec log = StoreSpec.of(provider, Durability.POWER_LOSS);
 * StoreSpec state = StoreSpec.of(provider, Durability.PROCESS_CRASH); // the log stands behind it
 * ClusterConfig config = ClusterConfig.of(folder, log, state).withMembers(3);
 * try (LocalCluster cluster = LocalCluster.start(config)) {
 *     cluster.awaitLeader(Duration.ofSeconds(10));
 *     cluster.client().write(CommandEncoder.put(key, key.length, value, value.length), callback);
 *     written.get(10, TimeUnit.SECONDS); // acknowledged: two of three have it on disk
 * }
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class LocalCluster implements AutoCloseable {
    private static final long LEADER_POLL_NANOS = 1_000_000;

    private final ClusterConfig config;
    private final MemberServers servers;
    private final CopyOnWriteArrayList<LocalMember> members = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService retries =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("cluster-retry-"));
    private final LeaderClient client;
    private GroupIdentity group;
    private boolean closed;

    private LocalCluster(ClusterConfig config, GroupIdentity group) {
        this.config = config;
        this.group = group;
        this.servers = new MemberServers(RaftLibrary.onClassPath().openNetwork(group.transport()), ClientAccess.open());
        group.members().forEach(id -> members.add(newMember(id)));
        this.client = new LeaderClient(
                members,
                new Retries(retries, "the cluster"),
                config.operationTimeout().toNanos());
    }

    private LocalMember newMember(String id) {
        int index = members.size();
        return new LocalMember(
                new MemberConfig(
                        group.groupId(),
                        id,
                        group.initial().contains(id) ? group.initial() : List.of(),
                        config.directory().resolve("member-" + index),
                        config.log(),
                        config.state(),
                        config.raft(),
                        config.operationTimeout()),
                index,
                servers,
                retries);
    }

    /**
     * Starts every member, from what the folder holds. Returns before a leader is elected.
     *
     * @throws ClusterException.PortInUse a port is taken
     * @throws ClusterException.UntrustedStore the folder holds a group that cannot be started from it
     * @throws ClusterException.MemberFailed a member's log or snapshot cannot be read
     * @throws io.quorumark.engine.EngineException an engine cannot be opened
     */
    public static LocalCluster start(ClusterConfig config) {
        try {
            Files.createDirectories(config.directory());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + config.directory() + ": " + e.getMessage(), e);
        }
        LocalCluster cluster = new LocalCluster(config, GroupIdentity.of(config));
        try {
            cluster.startAll();
        } catch (RuntimeException e) {
            try {
                cluster.close();
            } catch (RuntimeException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
            throw e;
        }
        return cluster;
    }

    private void startAll() {
        for (LocalMember member : members) {
            if (!group.retired().contains(member.id())) {
                member.start();
            }
        }
    }

    /** Every member, in the order of their indexes; the same objects for the cluster's life. Those that were retired are stopped. */
    public List<Member> members() {
        return List.copyOf(members);
    }

    /**
     * Waits until a member leads, and gives the one with the newest term.
     *
     * @throws ClusterException.NoLeader none was elected in time
     */
    public Member awaitLeader(Duration timeout) {
        long deadlineNanos = System.nanoTime() + timeout.toNanos();
        while (true) {
            LocalMember leader = LocalMember.newestLeader(members);
            if (leader != null) {
                return leader;
            }
            if (System.nanoTime() - deadlineNanos > 0) {
                throw new ClusterException.NoLeader(
                        "no leader within " + timeout.toMillis() + " ms: " + whyNobodyLeads());
            }
            LockSupport.parkNanos(LEADER_POLL_NANOS);
        }
    }

    private String whyNobodyLeads() {
        String failed = members.stream()
                .flatMap(member -> member.failure().stream()
                        .map(failure -> "member " + member.id() + " has failed: " + failure.getMessage()))
                .collect(Collectors.joining("; "));
        return failed.isEmpty() ? "no member has failed; wait longer than the election timeout" : failed;
    }

    public ClusterClient client() {
        return client;
    }

    /** @throws IllegalStateException the transport is not {@link Transport#IN_JVM} */
    public Faults faults() {
        MemberLinks links = servers.links();
        if (links == null) {
            throw new IllegalStateException("links over " + config.transport() + " cannot be cut; use IN_JVM");
        }
        return new LinkFaults(links, members);
    }

    @Nullable
    MemberLinks links() {
        return servers.links();
    }

    /**
     * Stops one member in an orderly way: its engines are synced and closed after its last thread has left. Does nothing if it is
     * stopped.
     */
    public void stop(int memberIndex) {
        members.get(memberIndex).stop();
    }

    /** Stops one member if it runs, and starts it from what its folder holds. Throws like {@link #start}. */
    public void restart(int memberIndex) {
        LocalMember member = members.get(memberIndex);
        member.stop();
        member.start();
    }

    /**
     * Starts one more member, empty and outside the group until the leader adds it ({@link Member#addVoter}, {@link Member#addLearner}).
     * The group's folder remembers it. Throws like {@link #start}.
     */
    public synchronized Member startJoining() {
        group = group.withJoining(config.directory());
        LocalMember member = newMember(group.members().get(members.size()));
        members.add(member);
        member.start();
        return member;
    }

    /** Stops a member for good, after the leader has removed it ({@link Member#remove}): the group's folder does not start it again. */
    public synchronized void retire(int memberIndex) {
        LocalMember member = members.get(memberIndex);
        group = group.withRetired(member.id(), config.directory());
        member.stop();
    }

    /** Stops every member; operations that wait for a leader fail. A second close does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        RuntimeException failure = null;
        for (LocalMember member : members) {
            try {
                member.stop();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        endRetries();
        servers.close();
        if (failure != null) {
            throw failure;
        }
    }

    /** What still waits runs once more, finds the executor shut down, and fails its operation. */
    private void endRetries() {
        retries.shutdown();
        try {
            if (!retries.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("an operation's callback blocks; callbacks must return");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
