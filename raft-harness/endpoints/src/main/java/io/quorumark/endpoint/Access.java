package io.quorumark.endpoint;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.model.registry.Collector;
import io.quorumark.raft.ClientAccess;
import io.quorumark.raft.message.ClientRequest;
import io.quorumark.raft.message.MessageKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may use a member's endpoints and its own port, and what is noted of those who may not. One for all of them, so that who has guessed
 * at one is slowed down at the others. Thread-safe.
 */
public final class Access implements EndpointStatistics, ClientAccess {
    private static final Logger LOG = LoggerFactory.getLogger(Access.class);
    private static final long LOG_PAUSE_NANOS = 10_000_000_000L;

    private final @Nullable Password password;
    private final boolean metricsAreOpen;
    private final LongSupplier nanoClock;
    private final FailedAttempts attempts = new FailedAttempts();
    private final Map<Refusal, LongAdder> refusals = new EnumMap<>(Refusal.class);
    private long unloggedRefusals;
    private long quietUntilNanos;
    private boolean hasLogged;

    /** Why a client was turned away. */
    public enum Refusal {
        /** It asked for something before it showed a password. */
        NO_PASSWORD,
        WRONG_PASSWORD,
        /** Its address has shown too many wrong ones; what it showed was not looked at. */
        TOO_MANY_ATTEMPTS,
        /** It showed no certificate that is trusted. */
        CERTIFICATE,
        /** It did not speak TLS, did not finish its handshake in time, or broke off later. */
        TLS
    }

    private Access(@Nullable Password password, boolean metricsAreOpen, LongSupplier nanoClock) {
        this.password = password;
        this.metricsAreOpen = metricsAreOpen;
        this.nanoClock = nanoClock;
        for (Refusal refusal : Refusal.values()) {
            refusals.put(refusal, new LongAdder());
        }
    }

    /** Nobody is asked for a password. */
    public static Access withoutPassword() {
        return new Access(null, false, System::nanoTime);
    }

    /** Every client must show the password before anything else. */
    public static Access with(Password password) {
        return new Access(password, false, System::nanoTime);
    }

    /** Like this, but {@code /metrics} and {@code /health} ask for no password. */
    public Access withOpenMetrics() {
        return new Access(password, true, nanoClock);
    }

    Access withClock(LongSupplier newNanoClock) {
        return new Access(password, metricsAreOpen, newNanoClock);
    }

    public boolean asksForPassword() {
        return password != null;
    }

    public boolean metricsAreOpen() {
        return metricsAreOpen;
    }

    /**
     * Looks at what a client shows.
     *
     * @param from its address
     * @return null if it is let in
     */
    public @Nullable Refusal check(SocketAddress from, byte[] shown) {
        return password == null ? null : judge(from, password.matches(shown));
    }

    private @Nullable Refusal judge(SocketAddress from, boolean isRight) {
        InetAddress address = addressOf(from);
        if (!attempts.mayTry(address, nanoClock.getAsLong())) {
            return refused(from, Refusal.TOO_MANY_ATTEMPTS);
        }
        if (isRight) {
            return null;
        }
        attempts.failed(address, nanoClock.getAsLong());
        return refused(from, Refusal.WRONG_PASSWORD);
    }

    @Override
    public @Nullable MessageKey key() {
        return password == null ? null : password.messageKey();
    }

    @Override
    public @Nullable String whyRefused(SocketAddress from, boolean letInBefore, ClientRequest request) {
        if (password == null) {
            return null;
        }
        boolean isRight = password.messageKey().authenticates(request);
        if (isRight && letInBefore) {
            return null;
        }
        Refusal refusal = request.showsPassword() ? judge(from, isRight) : refused(from, Refusal.NO_PASSWORD);
        if (refusal == null) {
            return null;
        }
        return switch (refusal) {
            case TOO_MANY_ATTEMPTS -> "has seen too many wrong passwords from this address; try again in a second";
            case WRONG_PASSWORD -> "was shown another password than its own; use the password file that it uses";
            case NO_PASSWORD, CERTIFICATE, TLS ->
                "asks for the group's password; name its file: access.passwordFile of every member,"
                        + " cluster.passwordFile of a plan";
        };
    }

    /** Like {@link #check}, for a client that was let in on the same connection before: others at its address cannot lock it out. */
    public @Nullable Refusal checkAgain(SocketAddress from, byte[] shown) {
        return password == null || password.matches(shown) ? null : check(from, shown);
    }

    /** Counts a client that was turned away, and says so in the log unless it has just said so. */
    public Refusal refused(SocketAddress from, Refusal refusal) {
        return refused(from, refusal, "");
    }

    /** Like {@link #refused(SocketAddress, Refusal)}, with more words in one line; empty for none. */
    Refusal refused(SocketAddress from, Refusal refusal, String why) {
        LongAdder count = refusals.get(refusal);
        if (count != null) {
            count.increment();
        }
        log(from, why.isEmpty() ? label(refusal) : label(refusal) + ": " + why);
        return refusal;
    }

    private synchronized void log(SocketAddress from, String why) {
        long now = nanoClock.getAsLong();
        if (hasLogged && now - quietUntilNanos < 0) {
            unloggedRefusals++;
            return;
        }
        LOG.warn(
                "a client at {} was turned away ({}); {} others since the last such line",
                addressOf(from).getHostAddress(),
                why,
                unloggedRefusals);
        hasLogged = true;
        unloggedRefusals = 0;
        quietUntilNanos = now + LOG_PAUSE_NANOS;
    }

    private static InetAddress addressOf(SocketAddress from) {
        return from instanceof InetSocketAddress internet && internet.getAddress() != null
                ? internet.getAddress()
                : InetAddress.getLoopbackAddress();
    }

    private static String label(Refusal refusal) {
        return refusal.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<Collector> collectors() {
        return List.of(CounterWithCallback.builder()
                .name("quorumark_access_refusals_total")
                .help("Clients that an endpoint or the member's own port turned away, by reason.")
                .labelNames("reason")
                .callback(out -> refusals.forEach((refusal, count) -> out.call((double) count.sum(), label(refusal))))
                .build());
    }
}
