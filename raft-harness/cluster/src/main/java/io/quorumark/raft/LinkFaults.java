package io.quorumark.raft;

import java.util.List;

/** Faults of a group's in-JVM network, by the members' indexes. */
final class LinkFaults implements Faults {
    private final MemberLinks links;
    private final List<LocalMember> members;

    LinkFaults(MemberLinks links, List<LocalMember> members) {
        this.links = links;
        this.members = members;
    }

    @Override
    public void cut(int from, int to) {
        links.cut(members.get(from).id(), members.get(to).id());
    }

    @Override
    public void heal(int from, int to) {
        links.heal(members.get(from).id(), members.get(to).id());
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
