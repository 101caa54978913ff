package io.quorumark.workload.model.trace;

import io.quorumark.workload.ArrivalTimes;
import io.quorumark.workload.Demand;
import io.quorumark.workload.Generator;
import io.quorumark.workload.Operation;
import io.quorumark.workload.OperationClass;
import io.quorumark.workload.OperationKind;
import io.quorumark.workload.WorkloadSpec;
import io.quorumark.workload.distribution.Randomness;
import io.quorumark.workload.model.ValueWriter;
import io.quorumark.workload.trace.TraceCursor;
import io.quorumark.workload.trace.TraceFile;
import io.quorumark.workload.trace.TraceOperation;
import io.quorumark.workload.trace.TraceRow;
import io.quorumark.workload.value.ValueSpec;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Replays a trace, from its beginning again after its end. Keys and lengths are the trace's, bytes of values are made up and compress as
 * the spec says.
 *
 * <p>The load writes the keys that the trace touches first in some other way than by writing them, in the order of the trace, up to a
 * number: else its first reads would miss what they found when they were recorded. The version of a value is its operation's place in the
 * stream, counted from 1.
 */
final class TraceGenerator implements Generator {
    /** The most records: what keeps a set of the keys seen below 150 MB. */
    static final long MAX_RECORDS = 8_000_000;

    private final TraceFile trace;
    private final Map<TraceOperation, OperationClass> classes = new EnumMap<>(TraceOperation.class);
    private final List<String> classNames;
    private final ValueWriter values;
    private final int scanLength;
    private final long loadOperations;
    private final TraceRow row = new TraceRow();
    private final TraceCursor cursor;
    private @Nullable TraceLoad load;

    TraceGenerator(WorkloadSpec spec, TraceFile trace, long seed, long records) {
        this.trace = trace;
        classNames = spec.model().operationClasses();
        for (TraceOperation operation : TraceOperation.values()) {
            String name = operation.written();
            classes.put(operation, new OperationClass(classNames.indexOf(name), name));
        }
        values = new ValueWriter(spec.values(), seed, Randomness.of(seed, "trace"));
        scanLength = spec.longestScan();
        TraceLoad counted = new TraceLoad(trace, records);
        long count = 0;
        while (counted.next(row)) {
            count++;
        }
        loadOperations = count;
        load = count > 0 ? new TraceLoad(trace, records) : null;
        cursor = trace.openCursor();
    }

    @Override
    public long loadOperations() {
        return loadOperations;
    }

    @Override
    public void load(long index, Operation into) {
        TraceLoad loading = load;
        if (loading == null || !loading.next(row)) {
            throw new IllegalStateException("the trace had " + loadOperations + " keys to load and now has " + index);
        }
        into.reset(OperationKind.INSERT, operationClass(TraceOperation.WRITE));
        copyKey(into);
        write(index, into);
        if (index + 1 == loadOperations) {
            loading.close();
            load = null;
        }
    }

    @Override
    public void mix(long position, Operation into) {
        cursor.next(row);
        TraceOperation operation = row.operation();
        into.reset(demand(operation), operationClass(operation));
        copyKey(into);
        if (operation.writes()) {
            write(position, into);
        } else if (operation == TraceOperation.SCAN) {
            into.setScanLength(scanLength);
        }
    }

    @Override
    public ArrivalTimes openArrivals(long mixOperations) {
        return new TraceArrivals(trace, mixOperations);
    }

    @Override
    public void close() {
        cursor.close();
        if (load != null) {
            load.close();
        }
    }

    static Demand demand(TraceOperation operation) {
        return switch (operation) {
            case READ -> Demand.READ;
            case EXISTS -> Demand.EXISTS;
            case WRITE -> Demand.UPDATE;
            case DELETE -> Demand.DELETE;
            case READ_MODIFY_WRITE -> Demand.READ_MODIFY_WRITE;
            case SCAN -> Demand.SCAN;
        };
    }

    private void write(long position, Operation into) {
        values.write(into, position + 1, Math.max(ValueSpec.MIN_BYTES, row.valueBytes()));
    }

    private OperationClass operationClass(TraceOperation operation) {
        return Objects.requireNonNull(classes.get(operation));
    }

    private void copyKey(Operation into) {
        System.arraycopy(row.key(), 0, into.prepareKey(row.keyLength()), 0, row.keyLength());
    }
}
