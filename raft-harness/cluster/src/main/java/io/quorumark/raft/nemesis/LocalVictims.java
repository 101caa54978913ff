package io.quorumark.raft.nemesis;

import io.quorumark.raft.LocalCluster;
import io.quorumark.raft.Member;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The members of a cluster in this JVM, over the in-JVM transport. */
public final class LocalVictims implements Victims {
    private static final Set<Fault.Kind> WITHOUT_DISK = Collections.unmodifiableSet(
            EnumSet.of(Fault.Kind.STOP, Fault.Kind.ISOLATE, Fault.Kind.CUT_OUTGOING, Fault.Kind.CUT_INCOMING));
    private static final Set<Fault.Kind> WITH_DISK = Collections.unmodifiableSet(EnumSet.of(
            Fault.Kind.STOP,
            Fault.Kind.ISOLATE,
            Fault.Kind.CUT_OUTGOING,
            Fault.Kind.CUT_INCOMING,
            Fault.Kind.SLOW_DISK,
            Fault.Kind.FULL_DISK));

    private final LocalCluster cluster;
    private final List<FaultyDisk> disks;
    private final Duration slowCommit;

    /**
     * @param disks what the cluster's log and state stand on; empty if their faults are not wanted
     * @param slowCommit how long a commit on a slow disk takes at least
     */
    public LocalVictims(LocalCluster cluster, List<FaultyDisk> disks, Duration slowCommit) {
        this.cluster = cluster;
        this.disks = List.copyOf(disks);
        this.slowCommit = slowCommit;
    }

    @Override
    public Set<Fault.Kind> possible() {
        return disks.isEmpty() ? WITHOUT_DISK : WITH_DISK;
    }

    @Override
    public int size() {
        return cluster.members().size();
    }

    @Override
    public int leader() {
        int leader = 0;
        long newestTerm = 0;
        for (Member member : cluster.members()) {
            if (member.isLeader() && member.term() > newestTerm) {
                leader = member.index();
                newestTerm = member.term();
            }
        }
        return leader;
    }

    @Override
    public void inflict(Fault.Kind kind, int member) {
        Member victim = cluster.members().get(member);
        switch (kind) {
            case STOP -> cluster.stop(member);
            case ISOLATE -> cluster.faults().isolate(member);
            case CUT_OUTGOING ->
                others(member).forEach(other -> cluster.faults().cut(member, other));
            case CUT_INCOMING ->
                others(member).forEach(other -> cluster.faults().cut(other, member));
            case SLOW_DISK -> disks.forEach(disk -> disk.slowDown(victim.directory(), slowCommit));
            case FULL_DISK -> disks.forEach(disk -> disk.fill(victim.directory()));
            case KILL, PAUSE ->
                throw new IllegalArgumentException(
                        kind + " needs a process of its own; use a group of processes, or STOP");
        }
    }

    private IntStream others(int member) {
        return IntStream.range(0, size()).filter(other -> other != member);
    }

    @Override
    public void relieve(Fault.Kind kind, int member) {
        Member victim = cluster.members().get(member);
        switch (kind) {
            case STOP -> cluster.restart(member);
            case ISOLATE, CUT_OUTGOING, CUT_INCOMING ->
                others(member).forEach(other -> {
                    cluster.faults().heal(member, other);
                    cluster.faults().heal(other, member);
                });
            case SLOW_DISK -> disks.forEach(disk -> disk.heal(victim.directory()));
            case FULL_DISK -> {
                disks.forEach(disk -> disk.heal(victim.directory()));
                cluster.restart(member);
            }
            case KILL, PAUSE -> throw new IllegalArgumentException(kind + " was never inflicted");
        }
    }
}
