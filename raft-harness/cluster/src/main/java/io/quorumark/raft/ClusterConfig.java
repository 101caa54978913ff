package io.quorumark.raft;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A group of members in this JVM.
 *
 * @param directory the group's folder; made if absent. A folder that holds a group is started from what it holds
 * @param members how many, 1 to 9; 3 by default
 * @param transport how they talk; {@link Transport#IN_JVM} by default
 * @param log the engine under every member's log
 * @param state the engine under every member's state; may be weaker than the log's, which rebuilds it
 * @param raft how the group replicates; {@link RaftSettings#DEFAULTS} by default
 * @param operationTimeout how long a client looks for a leader before it gives an operation up; 10 s by default
 * @param ports the members' loopback ports, for {@link Transport#TCP} only; empty (the default) to take free ones
 */
public record ClusterConfig(
        Path directory,
        int members,
        Transport transport,
        StoreSpec log,
        StoreSpec state,
        RaftSettings raft,
        Duration operationTimeout,
        List<Integer> ports) {

    public static final int DEFAULT_MEMBERS = 3;
    public static final Duration DEFAULT_OPERATION_TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_MEMBERS = 9;

    public ClusterConfig {
        ports = List.copyOf(ports);
        if (members < 1 || members > MAX_MEMBERS) {
            throw new IllegalArgumentException("members is " + members + ", expected 1 to " + MAX_MEMBERS);
        }
        MemberConfig.check(log, operationTimeout);
        if (!ports.isEmpty()) {
            if (transport != Transport.TCP) {
                throw new IllegalArgumentException(
                        "ports are given, but transport is " + transport + "; remove them or use TCP");
            }
            if (ports.size() != members || ports.stream().distinct().count() != members) {
                throw new IllegalArgumentException("ports is " + ports + ", expected " + members + " different ones");
            }
            for (int port : ports) {
                if (port < 1 || port > 65534) {
                    throw new IllegalArgumentException("port is " + port + ", expected 1 to 65534");
                }
            }
        }
    }

    /** Three members that talk inside the JVM, with every default. */
    public static ClusterConfig of(Path directory, StoreSpec log, StoreSpec state) {
        return new ClusterConfig(
                directory,
                DEFAULT_MEMBERS,
                Transport.IN_JVM,
                log,
                state,
                RaftSettings.DEFAULTS,
                DEFAULT_OPERATION_TIMEOUT,
                List.of());
    }

    public ClusterConfig withMembers(int newMembers) {
        return new ClusterConfig(directory, newMembers, transport, log, state, raft, operationTimeout, ports);
    }

    public ClusterConfig withTransport(Transport newTransport) {
        return new ClusterConfig(directory, members, newTransport, log, state, raft, operationTimeout, ports);
    }

    public ClusterConfig withRaft(RaftSettings newRaft) {
        return new ClusterConfig(directory, members, transport, log, state, newRaft, operationTimeout, ports);
    }

    public ClusterConfig withSnapshots(SnapshotPolicy newSnapshots) {
        return withRaft(raft.withSnapshots(newSnapshots));
    }

    public ClusterConfig withElectionTimeout(Duration newTimeout) {
        return withRaft(raft.withElectionTimeout(newTimeout));
    }

    public ClusterConfig withOperationTimeout(Duration newTimeout) {
        return new ClusterConfig(directory, members, transport, log, state, raft, newTimeout, ports);
    }

    public ClusterConfig withPorts(List<Integer> newPorts) {
        return new ClusterConfig(directory, members, transport, log, state, raft, operationTimeout, newPorts);
    }
}
