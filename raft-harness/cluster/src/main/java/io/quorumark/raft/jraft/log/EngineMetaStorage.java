package io.quorumark.raft.jraft.log;

import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.core.NodeImpl;
import com.alipay.sofa.jraft.entity.EnumOutter.ErrorType;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.error.RaftError;
import com.alipay.sofa.jraft.error.RaftException;
import com.alipay.sofa.jraft.option.RaftMetaStorageOptions;
import com.alipay.sofa.jraft.storage.RaftMetaStorage;
import io.quorumark.engine.Durability;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Reader;
import io.quorumark.engine.Session;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A member's term and vote in its log's engine: one record, durable at the log's level when a call returns, whatever the library's own
 * default is. A member whose term or vote cannot be stored has failed.
 */
public final class EngineMetaStorage implements RaftMetaStorage, AutoCloseable {
    private static final ByteBuffer HARD_STATE = LogKeyspaces.metaKey("hard-state");
    private static final int MAX_BYTES = 512;

    private final Session session;
    private final Durability durability;
    private final Consumer<Throwable> failures;
    private final ByteBuffer record;
    private long term;
    private PeerId votedFor = PeerId.emptyPeer();
    private boolean closed;

    /** Told if a change cannot be stored; null without a node. */
    private volatile @Nullable NodeImpl node;

    /** @param engine opened with {@link LogKeyspaces#ALL}, to be closed by the caller after this */
    public EngineMetaStorage(KVEngine engine, Durability durability, Consumer<Throwable> failures) {
        this.session = engine.openSession();
        this.durability = durability;
        this.failures = failures;
        this.record = session.allocate(MAX_BYTES);
    }

    @Override
    public synchronized boolean init(RaftMetaStorageOptions options) {
        node = options.getNode();
        record.clear();
        if (session.get(LogKeyspaces.META, HARD_STATE.duplicate(), record) == Reader.NOT_FOUND) {
            return true;
        }
        term = record.flip().getLong();
        byte[] peer = new byte[record.remaining()];
        record.get(peer);
        votedFor = new PeerId();
        return peer.length == 0 || votedFor.parse(new String(peer, StandardCharsets.UTF_8));
    }

    @Override
    public synchronized long getTerm() {
        return term;
    }

    @Override
    public synchronized PeerId getVotedFor() {
        return votedFor.copy();
    }

    @Override
    public boolean setTerm(long newTerm) {
        return save(newTerm, getVotedFor());
    }

    @Override
    public boolean setVotedFor(PeerId peer) {
        return save(getTerm(), peer);
    }

    @Override
    public boolean setTermAndVotedFor(long newTerm, PeerId peer) {
        return save(newTerm, peer);
    }

    private boolean save(long newTerm, PeerId peer) {
        RuntimeException refused;
        synchronized (this) {
            if (closed) {
                return false;
            }
            // the library goes on in the new term even if it is not stored: a later vote belongs to that one
            term = newTerm;
            votedFor = peer.copy();
            refused = write();
        }
        if (refused == null) {
            return true;
        }
        failures.accept(refused);
        endNode(refused);
        return false;
    }

    /** @return why the engine did not take it; null if it did */
    private @Nullable RuntimeException write() {
        record.clear().putLong(term);
        if (!votedFor.isEmpty()) {
            record.put(votedFor.toString().getBytes(StandardCharsets.UTF_8));
        }
        try {
            session.put(LogKeyspaces.META, HARD_STATE.duplicate(), record.flip(), durability);
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    /** A member that may forget its vote must neither vote nor lead until it is restarted. */
    private void endNode(RuntimeException cause) {
        NodeImpl running = node;
        if (running != null) {
            running.onError(new RaftException(
                    ErrorType.ERROR_TYPE_META,
                    new Status(RaftError.EIO, "cannot store term and vote: %s", cause.getMessage())));
        }
    }

    /** Does nothing; {@link #close} frees the session. */
    @Override
    public void shutdown() {}

    /** Frees the session; later changes are refused. A second close does nothing. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            session.close();
        }
    }
}
