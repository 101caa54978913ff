package io.quorumark.raft.jraft.log;

import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.option.RaftMetaStorageOptions;
import com.alipay.sofa.jraft.storage.RaftMetaStorage;

/**
 * Term and vote of a member whose engine retains nothing. A restarted member may vote twice in one term: such a group measures, it does not
 * keep promises.
 */
public final class VolatileMetaStorage implements RaftMetaStorage {
    private long term;
    private PeerId votedFor = PeerId.emptyPeer();

    @Override
    public boolean init(RaftMetaStorageOptions options) {
        return true;
    }

    @Override
    public void shutdown() {}

    @Override
    public synchronized boolean setTerm(long newTerm) {
        term = newTerm;
        return true;
    }

    @Override
    public synchronized long getTerm() {
        return term;
    }

    @Override
    public synchronized boolean setVotedFor(PeerId peer) {
        votedFor = peer.copy();
        return true;
    }

    @Override
    public synchronized PeerId getVotedFor() {
        return votedFor.copy();
    }

    @Override
    public synchronized boolean setTermAndVotedFor(long newTerm, PeerId peer) {
        term = newTerm;
        votedFor = peer.copy();
        return true;
    }
}
