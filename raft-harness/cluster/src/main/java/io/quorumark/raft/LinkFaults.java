package io.quorumark.raft;

import com.alipay.sofa.jraft.util.Endpoint;
import io.quorumark.raft.transport.InJvmNetwork;
import java.util.List;

/** Faults of a group's in-JVM network, by the members' indexes. */
final class LinkFaults implements Faults {
    private final InJvmNetwork network;
    private final List<Endpoint> endpoints;

    LinkFaults(InJvmNetwork network, List<Endpoint> endpoints) {
        this.network = network;
        this.endpoints = endpoints;
    }

    @Override
    public void cut(int from, int to) {
        network.cut(endpoints.get(from), endpoints.get(to));
    }

    @Override
    public void mend(int from, int to) {
        network.mend(endpoints.get(from), endpoints.get(to));
    }

    @Override
    public void isolate(int member) {
        for (int other = 0; other < endpoints.size(); other++) {
            if (other != member) {
                cut(member, other);
                cut(other, member);
            }
        }
    }

    @Override
    public void mendAll() {
        for (int from = 0; from < endpoints.size(); from++) {
            for (int to = 0; to < endpoints.size(); to++) {
                mend(from, to);
            }
        }
    }
}
