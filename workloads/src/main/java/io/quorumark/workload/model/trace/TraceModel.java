package io.quorumark.workload.model.trace;

import io.quorumark.workload.Demand;
import io.quorumark.workload.Generator;
import io.quorumark.workload.ModelSection;
import io.quorumark.workload.OperationType;
import io.quorumark.workload.WorkloadModel;
import io.quorumark.workload.WorkloadSpec;
import io.quorumark.workload.spec.InvalidValue;
import io.quorumark.workload.trace.TraceOperation;
import io.quorumark.workload.value.ValueSpec;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Recorded operations. */
public final class TraceModel implements WorkloadModel {
    @Override
    public String id() {
        return "trace";
    }

    @Override
    public List<OperationType> operations() {
        return Arrays.stream(TraceOperation.values())
                .map(operation -> OperationType.of(operation.written(), TraceGenerator.demand(operation)))
                .toList();
    }

    @Override
    public Set<Demand> loadDemands() {
        return Set.of(Demand.INSERT);
    }

    @Override
    public boolean isReplay() {
        return true;
    }

    @Override
    public long maxRecords() {
        return TraceGenerator.MAX_RECORDS;
    }

    @Override
    public String scanOfDrawnLength() {
        return TraceOperation.SCAN.written();
    }

    @Override
    public String sectionKey() {
        return "trace";
    }

    @Override
    public Class<? extends ModelSection> sectionType() {
        return TraceSpec.class;
    }

    @Override
    public Set<Demand> recordedDemands(@Nullable ModelSection section) {
        EnumSet<Demand> demands = EnumSet.noneOf(Demand.class);
        if (section instanceof TraceSpec trace && trace.file().isRead()) {
            trace.file().content().operations().forEach(operation -> demands.add(TraceGenerator.demand(operation)));
        }
        return demands;
    }

    @Override
    public Generator openGenerator(WorkloadSpec spec, long seed, long records) {
        return new TraceGenerator(spec, spec.section(TraceSpec.class).file().content(), seed, records);
    }

    @Override
    public void check(Map<String, Double> shares, ValueSpec values, @Nullable ModelSection section) {
        if (section == null) {
            throw InvalidValue.missing("trace", "a mapping with the keys file and format");
        }
        if (values.sizes() != ValueSpec.Sizes.TRACE) {
            throw new InvalidValue(
                    "values.sizes",
                    values.sizes().name().toLowerCase(Locale.ROOT),
                    "trace, as the trace has the lengths");
        }
    }
}
