package io.quorumark.raft;

import io.quorumark.raft.transport.InJvmNetwork;
import java.util.List;

/** Faults of a group's in-JVM network, by the members' indexes. */
final class LinkFaults implements Faults {
    private final InJvmNetwork network;
    private final List<LocalMember> members;

    LinkFaults(InJvmNetwork network, List<LocalMember> members) {
        this.network = network;
        this.members = members;
    }

    @Override
    public void cut(int from, int to) {
        network.cut(members.get(from).endpoint(), members.get(to).endpoint());
    }

    @Override
    public void heal(int from, int to) {
        network.heal(members.get(from).endpoint(), members.get(to).endpoint());
    }

    @Override
    public void isolate(int member) {
        for (int other = 0; other < members.size(); other++) {
            if (other != member) {
                cut(member, other);
                cut(other, member);
            }
        }
    }

    @Override
    public void mendAll() {
        for (int from = 0; from < members.size(); from++) {
            for (int to = 0; to < members.size(); to++) {
                heal(from, to);
            }
        }
    }
}
