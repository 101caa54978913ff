package io.quorumark.campaign.node;

import io.quorumark.campaign.Folders;
import io.quorumark.campaign.plan.TlsConfig;
import io.quorumark.campaign.support.HarnessException;
import io.quorumark.campaign.support.UsageError;
import io.quorumark.endpoint.Access;
import io.quorumark.raft.ClusterException;
import io.quorumark.raft.MemberConfig;
import io.quorumark.raft.MemberNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** This process as one member: runs until it is told to end, or until the member fails. */
public final class NodeProcess {
    private static final long FAILURE_POLL_MILLIS = 200;

    private final NodeConfig written;
    private final Path file;
    private final Access access;
    private final MemberConfig config;
    private final CountDownLatch toldToEnd = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    /**
     * @param file that {@code written} was read from
     * @param insecure whether other hosts may reach the member without showing who they are
     * @throws UsageError the configuration asks for what cannot be, or for what {@code insecure} does not allow
     */
    public NodeProcess(NodeConfig written, Path file, boolean insecure) {
        if (!insecure) {
            Exposure.check(written, file);
        }
        this.written = written;
        this.file = file;
        this.access = written.accessOrDefault().resolve(file);
        this.config = written.check(file);
    }

    public MemberConfig config() {
        return config;
    }

    /**
     * Starts the member and returns when the process is told to end (SIGTERM, SIGINT); the member is then stopped in an orderly way
     * before the process ends.
     *
     * @param started told once the member and its endpoints listen: where the endpoints are, in words, or nothing
     * @throws UsageError the port or the folder cannot be had
     * @throws HarnessException the member has failed: its engine or disk
     */
    public void run(Consumer<String> started) throws InterruptedException, IOException {
        TlsConfig tls = written.tls();
        if (tls != null) {
            // before anything is made, as it may be refused
            tls.applyToMember(file, config.id());
        }
        Folders.writable(config.directory(), file + ": data");
        try (MemberNode node = start();
                Endpoints endpoints = Endpoints.open(node.member(), written, file, access)) {
            Runtime.getRuntime().addShutdownHook(new Thread(this::endOrderly, "node-shutdown"));
            started.accept(endpoints.places());
            while (!toldToEnd.await(FAILURE_POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                Optional<Throwable> failure = node.member().failure();
                if (failure.isPresent()) {
                    throw new HarnessException("member " + config.id() + " has failed: "
                            + failure.get().getMessage() + "; correct the cause and start it again");
                }
            }
        } finally {
            ended.countDown();
        }
    }

    private MemberNode start() {
        try {
            return MemberNode.start(config, access);
        } catch (ClusterException.PortInUse | ClusterException.UntrustedStore e) {
            throw new UsageError(String.valueOf(e.getMessage()));
        } catch (ClusterException e) {
            throw new HarnessException(String.valueOf(e.getMessage()));
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
