package io.quorumark.raft.linearizability;

import io.quorumark.raft.linearizability.Operation.Kind;
import io.quorumark.raft.linearizability.Operation.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Histories of one record, written by hand in a few words, or drawn at random. */
final class Histories {
    static final String KEY = "x";
    private static final List<Kind> KINDS = List.of(Kind.values());

    private Histories() {}

    static History historyOf(Operation... operations) {
        return new History(List.of(operations));
    }

    static Operation get(int client, long value, long from, long to) {
        return new Operation(client, Kind.GET, KEY, 0, value, Outcome.OK, from, to);
    }

    static Operation put(int client, long value, long from, long to) {
        return new Operation(client, Kind.PUT, KEY, 0, value, Outcome.OK, from, to);
    }

    static Operation openPut(int client, long value, long from) {
        return new Operation(client, Kind.PUT, KEY, 0, value, Outcome.UNKNOWN, from, Operation.NEVER);
    }

    static Operation delete(int client, long from, long to) {
        return new Operation(client, Kind.DELETE, KEY, 0, 0, Outcome.OK, from, to);
    }

    static Operation set(int client, long expected, long value, Outcome outcome, long from, long to) {
        return new Operation(client, Kind.COMPARE_AND_SET, KEY, expected, value, outcome, from, to);
    }

    /** Any small history, linearizable or not: few values, so that operations meet. */
    static History anything(SplittableRandom random, int most) {
        List<Operation> operations = new ArrayList<>();
        int count = 1 + random.nextInt(most);
        for (int i = 0; i < count; i++) {
            Kind kind = KINDS.get(random.nextInt(KINDS.size()));
            Outcome outcome = anyOutcome(random, kind);
            long from = random.nextInt(12);
            long to = outcome == Outcome.UNKNOWN ? Operation.NEVER : from + random.nextInt(6);
            long value = switch (kind) {
                case GET -> outcome == Outcome.OK ? random.nextInt(3) : 0;
                case PUT, COMPARE_AND_SET -> 1 + random.nextInt(2);
                case DELETE -> 0;
            };
            long expected = kind == Kind.COMPARE_AND_SET ? random.nextInt(3) : 0;
            operations.add(new Operation(i, kind, KEY, expected, value, outcome, from, to));
        }
        return new History(operations);
    }

    private static Outcome anyOutcome(SplittableRandom random, Kind kind) {
        int choice = random.nextInt(10);
        if (choice < 2) {
            return Outcome.UNKNOWN;
        }
        if (choice < 3) {
            return Outcome.NOT_DONE;
        }
        return kind == Kind.COMPARE_AND_SET && choice < 6 ? Outcome.CONFLICT : Outcome.OK;
    }
}
