package io.quorumark.workload;

import java.util.List;

/** A generator's operations, counted and digested. */
final class GeneratedStream implements OperationStream {
    private final Generator generator;
    private final long loadOperations;
    private final StreamDigest digest = new StreamDigest();
    private long position;

    GeneratedStream(Generator generator) {
        this.generator = generator;
        this.loadOperations = generator.loadOperations();
    }

    @Override
    public List<String> operationClasses() {
        return generator.operationClasses();
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
    public StreamDigest digest() {
        return digest;
    }
}
