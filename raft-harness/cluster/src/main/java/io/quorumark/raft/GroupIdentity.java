package io.quorumark.raft;

import com.alipay.sofa.jraft.util.Endpoint;
import io.quorumark.raft.store.StoreMark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What a group's folder says of the group: its members' addresses are part of the Raft log, so that a group can only be started again under the same ones.
 *
 * @param groupId unique among all groups, because the library knows the groups of a JVM by name
 * @param transport how members talk
 * @param endpoints the members' addresses; those of an in-JVM group are names that nothing is bound to
 */
record GroupIdentity(String groupId, Transport transport, List<Endpoint> endpoints) {
    private static final String FILE = "group.properties";
    private static final String LOOPBACK = "127.0.0.1";
    private static final int IN_JVM_PORT = 1;

    GroupIdentity {
        endpoints = List.copyOf(endpoints);
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
        List<Endpoint> endpoints = new ArrayList<>();
        if (config.transport() == Transport.TCP) {
            List<Integer> ports = config.ports().isEmpty() ? freePorts(config.members()) : config.ports();
            ports.forEach(port -> endpoints.add(new Endpoint(LOOPBACK, port)));
        } else {
            for (int member = 0; member < config.members(); member++) {
                endpoints.add(new Endpoint("member-" + member + "." + groupId, IN_JVM_PORT));
            }
        }
        return new GroupIdentity(groupId, config.transport(), endpoints);
    }

    private static List<Integer> freePorts(int count) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot find " + count + " free ports on " + LOOPBACK + ": " + e.getMessage(), e);
        } finally {
            held.forEach(GroupIdentity::close);
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close port " + socket.getLocalPort() + ": " + e.getMessage(), e);
        }
    }

    private void checkFits(ClusterConfig config, Path file) {
        if (endpoints.size() != config.members() || transport != config.transport()) {
            throw new ClusterException.UntrustedStore(file + " names a group of " + endpoints.size() + " members over "
                    + transport + ", but " + config.members() + " over " + config.transport()
                    + " were asked for; ask for the same, or use another folder");
        }
        if (!config.ports().isEmpty()
                && !config.ports()
                        .equals(endpoints.stream().map(Endpoint::getPort).toList())) {
            throw new ClusterException.UntrustedStore(file + " names the members " + endpoints + ", but ports "
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
                    Transport.valueOf(properties.getProperty("transport", "")),
                    Arrays.stream(properties.getProperty("members", "").split(","))
                            .map(GroupIdentity::endpoint)
                            .toList());
        } catch (IllegalArgumentException e) {
            throw new ClusterException.UntrustedStore(file + " is not a group's description; use an empty folder");
        }
    }

    private static Endpoint endpoint(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException(text);
        }
        return new Endpoint(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    private void write(Path file) {
        StoreMark.writeDurably(
                file,
                "group=" + groupId + "\ntransport=" + transport + "\nmembers="
                        + endpoints.stream().map(Endpoint::toString).collect(Collectors.joining(",")) + "\n");
    }
}
