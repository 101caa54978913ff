package io.quorumark.engine.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Makes random programs: lists of steps over two keyspaces and few keys, so that steps meet. */
final class Programs {
    private static final int MAX_STEPS = 40;
    private static final int MAX_CHANGES = 10;
    private static final int MAX_MOVES = 10;
    private static final int MAX_KEY_LENGTH = 3;
    private static final int MAX_VALUE_LENGTH = 12;
    private static final String LONG_VALUE = "long".repeat(1250);
    private static final int ONE_VALUE_IN_LONG = 20;

    /** Bytes on both sides of the sign bit, so that neighbours, prefixes and unsigned order all come up. */
    private static final String KEY_CHARACTERS = "a\u0001\u007f\u0080\u00ffz";

    private final RandomGenerator random;

    private Programs(RandomGenerator random) {
        this.random = random;
    }

    /** A program that follows from the state of {@code random} alone. */
    static List<Step> next(RandomGenerator random) {
        return new Programs(random).program();
    }

    private List<Step> program() {
        return listOf(MAX_STEPS, this::step);
    }

    private Step step() {
        int of67 = random.nextInt(67);
        if (of67 < 8) {
            return new Steps.Put(space(), key(), value());
        }
        if (of67 < 17) {
            return new Steps.Delete(space(), key());
        }
        if (of67 < 29) {
            return new Steps.Commit(listOf(MAX_CHANGES, this::change));
        }
        if (of67 < 38) {
            return new Steps.Get(space(), key());
        }
        if (of67 < 41) {
            return new Steps.Walk(space(), key(), listOf(MAX_MOVES, random::nextBoolean));
        }
        if (of67 < 50) {
            return new Steps.Seek(space(), key());
        }
        if (of67 < 56) {
            return new Steps.CompareAll(space());
        }
        if (of67 < 61) {
            return new Steps.OpenSnapshot();
        }
        return of67 < 66 ? new Steps.CompareSnapshot() : new Steps.Reopen();
    }

    private Steps.Change change() {
        return switch (random.nextInt(5)) {
            case 0 -> new Steps.BatchDelete(space(), key());
            case 1 -> new Steps.BatchDeleteRange(space(), key(), key());
            default -> new Steps.BatchPut(space(), key(), value());
        };
    }

    private int space() {
        return random.nextInt(Kit.KEYSPACES.size());
    }

    private String key() {
        return text(1 + random.nextInt(MAX_KEY_LENGTH), KEY_CHARACTERS);
    }

    private String value() {
        return random.nextInt(ONE_VALUE_IN_LONG) == 0
                ? LONG_VALUE
                : text(random.nextInt(MAX_VALUE_LENGTH + 1), "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    }

    private String text(int length, String characters) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(characters.charAt(random.nextInt(characters.length())));
        }
        return text.toString();
    }

    private <T> List<T> listOf(int maxSize, Supplier<T> one) {
        int size = random.nextInt(maxSize + 1);
        List<T> made = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            made.add(one.get());
        }
        return List.copyOf(made);
    }
}
