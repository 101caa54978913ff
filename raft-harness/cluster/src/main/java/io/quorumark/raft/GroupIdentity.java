package io.quorumark.raft;

import io.quorumark.raft.store.StoreMark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What a group's folder says of the group: its members' addresses are part of the Raft log, so that a group can only be
 * started again under the same ones.
 *
 * @param groupId unique among all groups, because the library knows the groups of a JVM by name
 * @param transport how members talk
 * @param initial the ids of the members that formed the group; those of an in-JVM group are names that nothing is bound
 *     to
 * @param joined the ids of those that were started later, in that order
 * @param retired the ids of those that are not started any more
 */
record GroupIdentity(
        String groupId, Transport transport, List<String> initial, List<String> joined, Set<String> retired) {
    private static final String FILE = "group.properties";
    private static final String LOOPBACK = "127.0.0.1";
    private static final int IN_JVM_PORT = 1;

    GroupIdentity {
        initial = List.copyOf(initial);
        joined = List.copyOf(joined);
        retired = Set.copyOf(retired);
    }

    /** Every member there ever was, in the order of their indexes. */
    List<String> members() {
        return Stream.concat(initial.stream(), joined.stream()).toList();
    }

    /** With one more member, whose id is the last of {@link #members()}; stored in the group's folder. */
    GroupIdentity withJoining(Path directory) {
        String id = transport == Transport.TCP
                ? LOOPBACK + ":" + LoopbackPorts.choose(1).get(0)
                : inJvmId(groupId, members().size());
        List<String> more = new ArrayList<>(joined);
        more.add(id);
        return stored(new GroupIdentity(groupId, transport, initial, more, retired), directory);
    }

    /** Without starting that member again; stored in the group's folder. */
    GroupIdentity withRetired(String id, Path directory) {
        Set<String> more = new TreeSet<>(retired);
        more.add(id);
        return stored(new GroupIdentity(groupId, transport, initial, joined, more), directory);
    }

    private static GroupIdentity stored(GroupIdentity changed, Path directory) {
        changed.write(directory.resolve(FILE));
        return changed;
    }

    private static String inJvmId(String groupId, int member) {
        return "member-" + member + "." + groupId + ":" + IN_JVM_PORT;
    }

    /** The identity stored in the group's folder, or a new one that is stored there. */
    static GroupIdentity of(ClusterConfig config) {
        Path file = config.directory().resolve(FILE);
        if (Files.exists(file)) {
            GroupIdentity stored = read(file);
            stored.checkFits(config, file);
            return stored;
        }
        GroupIdentity fresh = create(config);
        fresh.write(file);
        return fresh;
    }

    private static GroupIdentity create(ClusterConfig config) {
        String groupId = "quorumark-" + UUID.randomUUID();
        List<String> ids = new ArrayList<>();
        if (config.transport() == Transport.TCP) {
            List<Integer> ports = config.ports().isEmpty() ? LoopbackPorts.choose(config.members()) : config.ports();
            ports.forEach(port -> ids.add(LOOPBACK + ":" + port));
        } else {
            for (int member = 0; member < config.members(); member++) {
                ids.add(inJvmId(groupId, member));
            }
        }
        return new GroupIdentity(groupId, config.transport(), ids, List.of(), Set.of());
    }

    private void checkFits(ClusterConfig config, Path file) {
        if (initial.size() != config.members() || transport != config.transport()) {
            throw new ClusterException.UntrustedStore(file + " names a group of " + initial.size() + " members over "
                    + transport + ", but " + config.members() + " over " + config.transport()
                    + " were asked for; ask for the same, or use another folder");
        }
        if (!config.ports().isEmpty()
                && !config.ports()
                        .equals(initial.stream()
                                .map(id -> MemberAddress.of(id).port())
                                .toList())) {
            throw new ClusterException.UntrustedStore(file + " names the members " + initial + ", but ports "
                    + config.ports() + " were asked for; leave the ports out, or use another folder");
        }
    }

    private static GroupIdentity read(Path file) {
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
        try {
            return new GroupIdentity(
                    properties.getProperty("group", ""),
                    Transport.ofStored(properties.getProperty("transport", "")),
                    ids(properties, "members"),
                    ids(properties, "joined"),
                    Set.copyOf(ids(properties, "retired")));
        } catch (IllegalArgumentException e) {
            throw new ClusterException.UntrustedStore(file + " is not a group's description; use an empty folder");
        }
    }

    private static List<String> ids(Properties properties, String name) {
        String text = properties.getProperty(name, "");
        List<String> ids = text.isEmpty() ? List.of() : List.of(text.split(","));
        ids.forEach(MemberAddress::check);
        return ids;
    }

    private void write(Path file) {
        StoreMark.writeDurably(
                file,
                "group=" + groupId + "\ntransport=" + transport.stored() + "\nmembers=" + String.join(",", initial)
                        + "\njoined=" + String.join(",", joined) + "\nretired="
                        + String.join(",", new TreeSet<>(retired)) + "\n");
    }
}
