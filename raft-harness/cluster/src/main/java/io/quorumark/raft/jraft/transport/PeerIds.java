package io.quorumark.raft.jraft.transport;

import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.util.Endpoint;
import io.quorumark.raft.MemberAddress;

/** Members' ids as the Raft library has them, which prints them the same. */
public final class PeerIds {
    private PeerIds() {}

    /** @throws IllegalArgumentException it is no id */
    public static Endpoint endpoint(String memberId) {
        MemberAddress address = MemberAddress.of(memberId);
        return new Endpoint(address.host(), address.port());
    }

    /** @throws IllegalArgumentException it is no id */
    public static PeerId peer(String memberId) {
        return new PeerId(endpoint(memberId), 0);
    }

    public static String id(PeerId peer) {
        return peer.getEndpoint().toString();
    }
}
