package io.quorumark.engine.tck.lies;

import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.tck.EngineConformanceTest;
import io.quorumark.engine.tck.EngineCrashTest;

/** The kit's subclasses for the toy, run by {@link LiesAreFoundTest} and by nobody else: their names do not look like tests. */
final class ToyKits {
    /** Which lie the next run is about; a system property, so that child processes lie alike. */
    static final String PROPERTY = "quorumark.toy.lie";

    private ToyKits() {}

    static Lie current() {
        return Lie.valueOf(System.getProperty(PROPERTY, Lie.NONE.name()));
    }

    /** Lies as the property says. */
    public static final class CurrentLie extends ToyProvider {
        public CurrentLie() {
            super(current());
        }
    }

    static final class Conformance extends EngineConformanceTest {
        @Override
        protected EngineProvider provider() {
            return new CurrentLie();
        }
    }

    static final class Crash extends EngineCrashTest {
        @Override
        protected EngineProvider provider() {
            return new CurrentLie();
        }
    }
}
