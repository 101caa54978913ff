package io.quorumark.raft;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.raft.command.CommandEncoder;
import io.quorumark.raft.command.WriteResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What members and clients that were closed leave behind in a JVM that goes on. */
class MemberThreadsTest {
    private static final int CYCLES = 6;

    /** Beginnings of the names of threads that the libraries have once for the JVM, in pools with a limit, or end within a minute. */
    private static final List<String> SHARED = List.of(
            "Append-Entries-Thread",
            "Bolt-default-executor",
            "DefaultTimer",
            "JRaft-",
            "Rpc-netty-server-worker",
            "bolt-netty-client-worker");

    @TempDir
    Path directory;

    private static MemberConfig config(String id, List<String> voters, Path folder) {
        return new MemberConfig(
                "threads",
                id,
                voters,
                folder,
                Engines.spec("memory"),
                Engines.spec("memory"),
                RaftSettings.DEFAULTS.withElectionTimeout(Duration.ofMillis(300)),
                Duration.ofSeconds(20));
    }

    /** A group of two, a client that writes, and a member that finds its port taken. */
    private void liveAndEnd(int cycle) {
        List<String> ids = LoopbackPorts.choose(2).stream()
                .map(port -> "127.0.0.1:" + port)
                .toList();
        Path folder = directory.resolve("cycle-" + cycle);
        try (MemberNode first = MemberNode.start(config(ids.get(0), ids, folder.resolve("a")));
                MemberNode second = MemberNode.start(config(ids.get(1), ids, folder.resolve("b")));
                RemoteGroup client = RemoteGroup.of("threads", ids, Duration.ofSeconds(20))) {
            assertThatThrownBy(() -> MemberNode.start(config(ids.get(0), ids, folder.resolve("c"))))
                    .isInstanceOf(ClusterException.PortInUse.class);
            CompletableFuture<WriteResult> written = new CompletableFuture<>();
            client.write(CommandEncoder.put(Group.bytes("k"), 1, Group.bytes("v"), 1), new WriteCallback() {
                @Override
                public void onSuccess(WriteResult result) {
                    written.complete(result);
                }

                @Override
                public void onFailure(RaftFailure failure) {
                    written.completeExceptionally(new AssertionError(failure.toString()));
                }
            });
            Group.answer(written);
            Group.answer(client.status(first.member().id()));
            Group.answer(client.status(second.member().id()));
        }
    }

    /** How many threads there are of each kind of name. */
    private static Map<String, Long> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(thread -> thread.getName().replaceAll("[0-9]+", "#"))
                .filter(name -> SHARED.stream().noneMatch(name::startsWith))
                .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
    }

    /** More than there were. */
    private static Map<String, Long> beyond(Map<String, Long> before) {
        Map<String, Long> more = threads();
        more.entrySet().removeIf(kind -> kind.getValue() <= before.getOrDefault(kind.getKey(), 0L));
        return more;
    }

    @Test
    void closed_members_and_clients_over_tcp_leave_no_thread_behind() {
        Map<String, Long> before = threads();
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            liveAndEnd(cycle);
        }
        try {
            Await.until("no thread is left", () -> beyond(before).isEmpty());
        } catch (AssertionError e) {
            throw new AssertionError("threads left by " + CYCLES + " groups: " + beyond(before), e);
        }
    }
}
