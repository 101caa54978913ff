package io.quorumark.app.node;

import io.quorumark.app.Engines;
import io.quorumark.app.MachineFault;
import io.quorumark.app.UsageError;
import io.quorumark.raft.ClusterException;
import io.quorumark.raft.MemberConfig;
import io.quorumark.raft.MemberNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** This process as one member: runs until it is told to end, or until the member fails. */
public final class NodeProcess {
    private static final long FAILURE_POLL_MILLIS = 200;

    private final MemberConfig config;
    private final CountDownLatch toldToEnd = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    /** @throws UsageError the configuration asks for what cannot be */
    public NodeProcess(NodeConfig config, Path file, Engines engines) {
        this.config = config.toMember(file, engines);
    }

    public MemberConfig config() {
        return config;
    }

    /**
     * Starts the member and returns when the process is told to end (SIGTERM, SIGINT); the member is then stopped in an orderly way before the process ends.
     *
     * @param started run once the member listens
     * @throws UsageError the port or the folder cannot be had
     * @throws MachineFault the member has failed: its engine or disk
     */
    public void run(Runnable started) throws InterruptedException, IOException {
        Files.createDirectories(config.directory());
        try (MemberNode node = start()) {
            Runtime.getRuntime().addShutdownHook(new Thread(this::endOrderly, "node-shutdown"));
            started.run();
            while (!toldToEnd.await(FAILURE_POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                Optional<Throwable> failure = node.member().failure();
                if (failure.isPresent()) {
                    throw new MachineFault("member " + config.id() + " has failed: "
                            + failure.get().getMessage() + "; correct the cause and start it again");
                }
            }
        } finally {
            ended.countDown();
        }
    }

    private MemberNode start() {
        try {
            return MemberNode.start(config);
        } catch (ClusterException.PortInUse | ClusterException.UntrustedStore e) {
            throw new UsageError(String.valueOf(e.getMessage()));
        } catch (ClusterException e) {
            throw new MachineFault(String.valueOf(e.getMessage()));
        }
    }

    /** Runs as the JVM's shutdown hook: the JVM halts when it returns. */
    private void endOrderly() {
        toldToEnd.countDown();
        try {
            if (!ended.await(1, TimeUnit.MINUTES)) {
                System.err.println("quorumark: member " + config.id()
                        + " is still not stopped after a minute; ending without it, as a crash would");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
