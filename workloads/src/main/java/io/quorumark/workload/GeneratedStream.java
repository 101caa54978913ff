package io.quorumark.workload;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A generator's operations, counted and digested. */
final class GeneratedStream implements OperationStream {
    private final WorkloadSpec spec;
    private final Generator generator;
    private final long loadOperations;
    private final StreamDigest digest = new StreamDigest();
    private long position;

    GeneratedStream(WorkloadSpec spec, Generator generator) {
        this.spec = spec;
        this.generator = generator;
        this.loadOperations = generator.loadOperations();
    }

    @Override
    public String workload() {
        return spec.name();
    }

    @Override
    public Set<Demand> demands() {
        return spec.demands();
    }

    @Override
    public List<String> operationClasses() {
        return spec.model().operationClasses();
    }

    @Override
    public long loadOperations() {
        return loadOperations;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void next(Operation into) {
        if (position < loadOperations) {
            generator.load(position, into);
        } else {
            generator.mix(position, into);
        }
        position++;
        digest.add(into);
    }

    @Override
    public @Nullable ArrivalTimes openArrivals() {
        if (position < loadOperations) {
            throw new IllegalStateException(
                    "the stream stands at operation " + position + " of its load, which has no recorded times");
        }
        return generator.openArrivals(position - loadOperations);
    }

    @Override
    public void close() {
        generator.close();
    }

    @Override
    public StreamDigest digest() {
        return digest;
    }
}
