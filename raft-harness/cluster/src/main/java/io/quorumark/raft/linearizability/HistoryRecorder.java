package io.quorumark.raft.linearizability;

import io.quorumark.raft.linearizability.Operation.Kind;
import io.quorumark.raft.linearizability.Operation.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Collects operations while they run. Thread-safe. */
public final class HistoryRecorder {
    private final LongSupplier nanoClock;
    private final Queue<Invocation> invocations = new ConcurrentLinkedQueue<>();

    /** @param nanoClock shared by all clients, never running backwards, such as {@code System::nanoTime} */
    public HistoryRecorder(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /**
     * To be called before the operation is submitted.
     *
     * @param expected see {@link Operation#expected}
     * @param value what is to be written; 0 for a read or delete
     */
    public Invocation begin(int client, Kind kind, String key, long expected, long value) {
        Invocation invocation = new Invocation(nanoClock, client, kind, key, expected, value);
        invocations.add(invocation);
        return invocation;
    }

    /** Everything so far; what has not ended yet has an unknown outcome. */
    public History history() {
        List<Operation> operations = new ArrayList<>(invocations.size());
        invocations.forEach(invocation -> operations.add(invocation.operation()));
        return new History(operations);
    }

    /** One operation on its way. Thread-safe; the first end counts. */
    public static final class Invocation {
        private final LongSupplier nanoClock;
        private final Operation open;
        private final AtomicReference<@Nullable Operation> ended = new AtomicReference<>();

        private Invocation(LongSupplier nanoClock, int client, Kind kind, String key, long expected, long value) {
            this.nanoClock = nanoClock;
            this.open = new Operation(
                    client, kind, key, expected, value, Outcome.UNKNOWN, nanoClock.getAsLong(), Operation.NEVER);
        }

        /** A read has found {@code value}. */
        public void read(long value) {
            end(Outcome.OK, value);
        }

        /** A write has ended; one whose outcome is unknown never does. */
        public void wrote(Outcome outcome) {
            if (outcome != Outcome.UNKNOWN) {
                end(outcome, open.value());
            }
        }

        private void end(Outcome outcome, long value) {
            ended.compareAndSet(
                    null,
                    new Operation(
                            open.client(),
                            open.kind(),
                            open.key(),
                            open.expected(),
                            value,
                            outcome,
                            open.invokeNanos(),
                            nanoClock.getAsLong()));
        }

        private Operation operation() {
            Operation operation = ended.get();
            return operation == null ? open : operation;
        }
    }
}
