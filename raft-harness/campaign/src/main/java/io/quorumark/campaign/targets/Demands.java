package io.quorumark.campaign.targets;

import io.quorumark.workload.Demand;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What the targets carry out. */
public final class Demands {
    /** Of engines and members in this process. */
    public static final Set<Demand> ALL = Collections.unmodifiableSet(EnumSet.allOf(Demand.class));

    /** Of members in other processes: they answer a question for a record with the whole record. */
    public static final Set<Demand> REMOTE =
            Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(Demand.EXISTS)));

    private Demands() {}
}
