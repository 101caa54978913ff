package io.quorumark.raft.linearizability;

import io.quorumark.raft.linearizability.Operation.Kind;
import io.quorumark.raft.linearizability.Operation.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Clients of a record that cannot fail: each operation takes effect at one moment between its invocation and its return, so that the
 * history is linearizable.
 */
final class SimulatedClients {
    private static final int MOST_PAUSE = 200;
    private static final int MOST_HALF = 1000;

    private final SplittableRandom random;
    private final int clients;
    private final int unknownPerThousand;
    private final List<Operation> operations = new ArrayList<>();
    private long register;
    private long nextValue = 1;

    private record Effect(long atNanos, int client, long invokeNanos) implements Comparable<Effect> {
        @Override
        public int compareTo(Effect other) {
            return Long.compare(atNanos, other.atNanos);
        }
    }

    private SimulatedClients(long seed, int clients, int unknownPerThousand) {
        this.random = new SplittableRandom(seed);
        this.clients = clients;
        this.unknownPerThousand = unknownPerThousand;
    }

    static History run(long seed, int clients, int count, int unknownPerThousand) {
        return new SimulatedClients(seed, clients, unknownPerThousand).run(count);
    }

    private History run(int count) {
        PriorityQueue<Effect> effects = new PriorityQueue<>();
        for (int client = 0; client < clients; client++) {
            effects.add(after(client, 0));
        }
        while (operations.size() < count) {
            Effect effect = effects.remove();
            long returnNanos = effect.atNanos() + random.nextInt(MOST_HALF);
            boolean unknown = random.nextInt(1000) < unknownPerThousand;
            boolean never = unknown && random.nextBoolean();
            operations.add(operation(effect, unknown, never, returnNanos));
            effects.add(after(effect.client(), returnNanos));
        }
        return new History(operations);
    }

    private Effect after(int client, long nanos) {
        long invokeNanos = nanos + 1 + random.nextInt(MOST_PAUSE);
        return new Effect(invokeNanos + random.nextInt(MOST_HALF), client, invokeNanos);
    }

    private Operation operation(Effect effect, boolean unknown, boolean never, long returnNanos) {
        int choice = random.nextInt(100);
        Kind kind = choice < 45 ? Kind.GET : choice < 70 ? Kind.PUT : choice < 75 ? Kind.DELETE : Kind.COMPARE_AND_SET;
        long expected = 0;
        long value = 0;
        Outcome outcome = Outcome.OK;
        switch (kind) {
            case GET -> value = unknown ? 0 : register;
            case PUT -> value = nextValue++;
            case DELETE -> value = 0;
            case COMPARE_AND_SET -> {
                value = nextValue++;
                expected = random.nextInt(3) > 0 ? register : random.nextLong(nextValue);
                outcome = expected == register ? Outcome.OK : Outcome.CONFLICT;
            }
        }
        if (outcome == Outcome.OK && kind != Kind.GET && !never) {
            register = value;
        }
        return new Operation(
                effect.client(),
                kind,
                Histories.KEY,
                expected,
                value,
                unknown ? Outcome.UNKNOWN : outcome,
                effect.invokeNanos(),
                unknown ? Operation.NEVER : returnNanos);
    }
}
