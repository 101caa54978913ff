package io.quorumark.engine.tck;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorumark.engine.EngineProvider;

/** Skips the tests of an engine whose library was not built here; or fails them, in an installation that must have all of them. */
final class Availability {
    private static final String REQUIRED = "quorumark.native.required";

    private Availability() {}

    static void check(EngineProvider provider) {
        provider.unavailable().ifPresent(sentence -> {
            if (Boolean.getBoolean(REQUIRED)) {
                throw new AssertionError(provider.id() + ": " + sentence + " (-D" + REQUIRED + "=true)");
            }
            assumeTrue(false, provider.id() + ": " + sentence);
        });
    }
}
