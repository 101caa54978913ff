package io.quorumark.raft.jraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.engine.EngineException;
import io.quorumark.raft.Await;
import io.quorumark.raft.ClusterException;
import io.quorumark.raft.Engines;
import io.quorumark.raft.MemberConfig;
import io.quorumark.raft.MemberFailure;
import io.quorumark.raft.ProposalCallback;
import io.quorumark.raft.RaftFailure;
import io.quorumark.raft.RaftSettings;
import io.quorumark.raft.RequestHandler;
import io.quorumark.raft.RunningMember;
import io.quorumark.raft.Transport;
import io.quorumark.raft.command.WriteResult;
import io.quorumark.raft.jraft.transport.LibrarySettings;
import io.quorumark.raft.message.ClientRequest;
import io.quorumark.raft.message.ClientResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A member whose snapshot is damaged, so that its node does not start. */
class UnstartedMemberTest {
    private static final String ID = "127.0.0.1:1";

    /** Over before any node has ended. */
    private static final Duration NO_TIME = Duration.ofNanos(1);

    @TempDir
    Path folder;

    private MemberConfig config() {
        return new MemberConfig(
                "unstarted",
                ID,
                List.of(ID),
                folder.resolve("member"),
                Engines.spec("rocksdb"),
                Engines.spec("rocksdb"),
                RaftSettings.DEFAULTS.withElectionTimeout(Duration.ofMillis(300)),
                Duration.ofSeconds(5));
    }

    private RunningMember start(JraftNetwork network) {
        return network.start(config(), new NoRequests(), new MemberFailure());
    }

    private static final class NoRequests implements RequestHandler {
        @Override
        public Executor executor() {
            return Runnable::run;
        }

        @Override
        public void handle(Caller caller, ClientRequest request, Consumer<ClientResponse> answer) {
            throw new AssertionError("nobody asks");
        }
    }

    /** Something that a snapshot can be taken of. */
    private static boolean write(RunningMember member) throws Exception {
        CompletableFuture<Boolean> applied = new CompletableFuture<>();
        member.writeNothing(new ProposalCallback() {
            @Override
            public void onApplied(WriteResult result) {
                applied.complete(true);
            }

            @Override
            public void onNotTaken(String why) {
                applied.complete(false);
            }

            @Override
            public void onFailure(RaftFailure failure) {
                applied.complete(false);
            }

            @Override
            public long submittedNanos() {
                return System.nanoTime();
            }
        });
        return applied.get(20, TimeUnit.SECONDS);
    }

    private Path snapshotFile() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("member/snapshot"))) {
            return files.filter(file -> file.getFileName().toString().equals("state"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void its_engines_are_closed_when_its_node_ends_though_nobody_waits_any_more() throws Exception {
        LibrarySettings.apply();
        JraftNetwork network = new JraftNetwork(Transport.IN_JVM, NO_TIME);
        try {
            RunningMember healthy = start(network);
            Await.until("it leads", () -> healthy.leaderTerm() > 0);
            assertThat(write(healthy)).isTrue();
            assertThat(healthy.snapshot().get(20, TimeUnit.SECONDS)).isPositive();
            healthy.stop();
            Path snapshot = snapshotFile();
            byte[] good = Files.readAllBytes(snapshot);
            byte[] damaged = good.clone();
            damaged[damaged.length / 2] ^= 1;
            Files.write(snapshot, damaged);

            assertThatThrownBy(() -> start(network))
                    .isInstanceOf(ClusterException.MemberFailed.class)
                    .hasMessageContaining("does not start")
                    .satisfies(failure -> assertThat(failure.getSuppressed())
                            .singleElement()
                            .asString()
                            .contains("has not ended 0 s after it was stopped"));

            Files.write(snapshot, good);
            List<RunningMember> again = new ArrayList<>();
            Await.until("its engines can be opened again", () -> {
                try {
                    return again.add(start(network));
                } catch (EngineException.Locked stillOpen) {
                    return false;
                }
            });
            Await.until("it leads again", () -> again.get(0).leaderTerm() > 0);
            again.get(0).stop();
        } finally {
            network.close();
        }
    }
}
