package io.quorumark.raft.jraft.transport;

import com.alipay.sofa.jraft.rpc.Connection;
import com.alipay.sofa.jraft.rpc.RpcContext;
import com.alipay.sofa.jraft.rpc.RpcProcessor;
import com.google.protobuf.Message;
import io.quorumark.raft.CertificateHosts;
import java.security.cert.X509Certificate;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a member's message only from a connection whose certificate names that member's host: with another certificate of the same
 * authority nobody leads, votes or asks in a member's name. Without TLS nobody shows a certificate, and everything is taken.
 */
public final class FromMembers<T extends Message> implements RpcProcessor<T> {
    private static final String HOSTS = "quorumark.hosts";
    private static final String SENDER = "quorumark.sender";
    private static final Logger LOG = LoggerFactory.getLogger(FromMembers.class);
    private static final long INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final AtomicLong NEXT_LINE_NANOS = new AtomicLong(System.nanoTime());

    private final RpcProcessor<T> processor;
    private final Function<T, String> sender;

    private FromMembers(RpcProcessor<T> processor, Function<T, String> sender) {
        this.processor = processor;
        this.sender = sender;
    }

    /** @param sender the id of the member that a message says it comes from */
    public static <T extends Message> RpcProcessor<T> only(RpcProcessor<T> processor, Function<T, String> sender) {
        return new FromMembers<>(processor, sender);
    }

    /** Keeps what the other side of a connection has shown, before anything else comes from it. */
    static void note(com.alipay.remoting.Connection connection, SSLSession session) throws SSLPeerUnverifiedException {
        X509Certificate shown = (X509Certificate) session.getPeerCertificates()[0];
        connection.setAttribute(HOSTS, CertificateHosts.of(shown));
    }

    @Override
    public void handleRequest(RpcContext context, T request) {
        Connection connection = context.getConnection();
        if (connection == null || mayCome(connection, sender.apply(request))) {
            processor.handleRequest(context, request);
        } else {
            refuse(context, connection, sender.apply(request));
        }
    }

    /** A connection has one sender, who is looked at once. */
    private static boolean mayCome(Connection connection, String memberId) {
        if (!(connection.getAttribute(HOSTS) instanceof CertificateHosts hosts)
                || memberId.equals(connection.getAttribute(SENDER))) {
            return true;
        }
        int colon = memberId.lastIndexOf(':');
        if (colon < 0 || !hosts.include(memberId.substring(0, colon))) {
            return false;
        }
        connection.setAttribute(SENDER, memberId);
        return true;
    }

    private static void refuse(RpcContext context, Connection connection, String memberId) {
        long now = System.nanoTime();
        long next = NEXT_LINE_NANOS.get();
        if (now - next >= 0 && NEXT_LINE_NANOS.compareAndSet(next, now + INTERVAL_NANOS)) {
            LOG.warn(
                    "closed a connection from {}: it sent a message of member {} with a certificate for the hosts {};"
                            + " expected the member's host among them (docs/groups.md); told once a minute",
                    context.getRemoteAddress(),
                    memberId.lines().findFirst().orElse(""),
                    connection.getAttribute(HOSTS));
        }
        connection.close();
    }

    @Override
    public String interest() {
        return processor.interest();
    }

    @Override
    public @Nullable Executor executor() {
        return processor.executor();
    }

    @Override
    public @Nullable ExecutorSelector executorSelector() {
        return processor.executorSelector();
    }
}
