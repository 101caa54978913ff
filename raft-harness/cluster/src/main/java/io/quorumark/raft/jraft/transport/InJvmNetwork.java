package io.quorumark.raft.jraft.transport;

import com.alipay.sofa.jraft.error.RemotingException;
import com.alipay.sofa.jraft.util.Endpoint;
import com.alipay.sofa.jraft.util.NamedThreadFactory;
import com.alipay.sofa.jraft.util.timer.HashedWheelTimer;
import com.alipay.sofa.jraft.util.timer.Timeout;
import com.alipay.sofa.jraft.util.timer.TimerTask;
import io.quorumark.raft.MemberLinks;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The network of one group inside this JVM: hands messages over as objects, in order per connection, lets calls time out, and loses what
 * crosses a cut link. Thread-safe.
 */
public final class InJvmNetwork implements MemberLinks, AutoCloseable {
    private static final long TICK_MILLIS = 20;

    private record Link(Endpoint from, Endpoint to) {}

    private final ConcurrentMap<Endpoint, InJvmServer> servers = new ConcurrentHashMap<>();
    private final Set<Link> cutLinks = ConcurrentHashMap.newKeySet();
    private final ConcurrentMap<Link, Queue<InJvmCall>> lostCalls = new ConcurrentHashMap<>();
    private final HashedWheelTimer timer =
            new HashedWheelTimer(new NamedThreadFactory("in-jvm-timer-", true), TICK_MILLIS, TimeUnit.MILLISECONDS);
    private final ExecutorService executor = Executors.newCachedThreadPool(new NamedThreadFactory("in-jvm-rpc-", true));
    private volatile boolean anyCut;
    private volatile @Nullable RequestWatch watch;

    /** Is shown what members send, on the sending thread, whether it arrives or not. */
    public interface RequestWatch {
        void onRequest(Endpoint from, Endpoint to, Object request);
    }

    /** Shows {@code watch} every request from now on, instead of whoever watched before. */
    public void watch(RequestWatch watch) {
        this.watch = watch;
    }

    void show(Endpoint from, Endpoint to, Object request) {
        RequestWatch current = watch;
        if (current != null) {
            current.onRequest(from, to, request);
        }
    }

    /** The place of the member that the group calls {@code endpoint}; nothing is bound. */
    public InJvmPort attach(Endpoint endpoint) {
        return new InJvmPort(this, endpoint);
    }

    @Override
    public void cut(String fromId, String toId) {
        cut(PeerIds.endpoint(fromId), PeerIds.endpoint(toId));
    }

    @Override
    public void heal(String fromId, String toId) {
        heal(PeerIds.endpoint(fromId), PeerIds.endpoint(toId));
    }

    /** Loses everything that {@code from} sends to {@code to}, answers included. */
    void cut(Endpoint from, Endpoint to) {
        cutLinks.add(new Link(from, to));
        anyCut = true;
    }

    /**
     * Lets messages through again. Calls that were lost on the link fail now, if they have not timed out: a broken connection is noticed
     * when the network is back.
     */
    void heal(Endpoint from, Endpoint to) {
        Link link = new Link(from, to);
        cutLinks.remove(link);
        anyCut = !cutLinks.isEmpty();
        failLost(link);
    }

    private void failLost(Link link) {
        Queue<InJvmCall> lost = lostCalls.remove(link);
        if (lost != null) {
            lost.forEach(call -> call.fail(
                    new RemotingException("the connection from " + link.from() + " to " + link.to() + " broke")));
        }
    }

    /** Remembers a call whose request or answer was lost between {@code from} and {@code to}. */
    void lose(InJvmCall call, Endpoint from, Endpoint to) {
        Link link = new Link(from, to);
        Queue<InJvmCall> lost = lostCalls.computeIfAbsent(link, absent -> new ConcurrentLinkedQueue<>());
        lost.removeIf(InJvmCall::isCompleted);
        lost.add(call);
        if (!cutLinks.contains(link)) {
            // mended in between
            failLost(link);
        }
    }

    /** How many calls were lost on a cut link since it was cut, and have not ended. */
    int lostCallsBetween(Endpoint from, Endpoint to) {
        Queue<InJvmCall> lost = lostCalls.get(new Link(from, to));
        return lost == null ? 0 : lost.size();
    }

    boolean isCut(Endpoint from, Endpoint to) {
        return anyCut && cutLinks.contains(new Link(from, to));
    }

    /** @return false if another server has the endpoint */
    boolean bind(InJvmServer server) {
        return servers.putIfAbsent(server.endpoint(), server) == null;
    }

    void unbind(InJvmServer server) {
        servers.remove(server.endpoint(), server);
    }

    @Nullable
    InJvmServer serverAt(Endpoint endpoint) {
        return servers.get(endpoint);
    }

    Timeout schedule(TimerTask task, long delayMillis) {
        return timer.newTimeout(task, delayMillis, TimeUnit.MILLISECONDS);
    }

    /** For what has no executor of its own. */
    ExecutorService executor() {
        return executor;
    }

    /** To be called after every member was stopped. */
    @Override
    public void close() {
        timer.stop();
        executor.shutdown();
    }
}
