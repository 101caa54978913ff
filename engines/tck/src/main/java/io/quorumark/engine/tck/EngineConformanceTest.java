package io.quorumark.engine.tck;

import io.quorumark.engine.EngineProvider;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What every engine does alike: one kit a theme, and random programs against sorted maps. A subclass names the provider, and nothing else.
 *
 * <p>The system property {@code quorumark.programs.count} is the number of programs (1,000 if it is not set). A program that fails is made
 * as short as it can be, and the failure shows it with the seed that brings it back ({@code quorumark.programs.seed}).
 */
public abstract class EngineConformanceTest {
    protected abstract EngineProvider provider();

    @Test
    void random_programs_answer_like_sorted_maps() {
        Availability.check(provider());
        RandomPrograms programs = RandomPrograms.ofProperties();
        System.out.println(programs + " on engine " + provider().id());
        try (ProgramRunner runner = new ProgramRunner(provider())) {
            programs.run(runner::run);
        }
    }

    @Nested
    final class PointOperations extends PointOperationsKit {
        @Override
        EngineProvider provider() {
            return EngineConformanceTest.this.provider();
        }
    }

    @Nested
    final class Cursors extends CursorKit {
        @Override
        EngineProvider provider() {
            return EngineConformanceTest.this.provider();
        }
    }

    @Nested
    final class Atomicity extends AtomicityKit {
        @Override
        EngineProvider provider() {
            return EngineConformanceTest.this.provider();
        }
    }

    @Nested
    final class Snapshots extends SnapshotKit {
        @Override
        EngineProvider provider() {
            return EngineConformanceTest.this.provider();
        }
    }

    @Nested
    final class Durabilities extends DurabilityKit {
        @Override
        EngineProvider provider() {
            return EngineConformanceTest.this.provider();
        }
    }

    @Nested
    final class Handles extends HandlesKit {
        @Override
        EngineProvider provider() {
            return EngineConformanceTest.this.provider();
        }
    }

    @Nested
    final class Folders extends FolderKit {
        @Override
        EngineProvider provider() {
            return EngineConformanceTest.this.provider();
        }
    }

    @Nested
    final class Checkpoints extends CheckpointKit {
        @Override
        EngineProvider provider() {
            return EngineConformanceTest.this.provider();
        }
    }

    @Nested
    final class Abilities extends AbilitiesKit {
        @Override
        EngineProvider provider() {
            return EngineConformanceTest.this.provider();
        }
    }

    @Nested
    final class Resources extends ResourcesKit {
        @Override
        EngineProvider provider() {
            return EngineConformanceTest.this.provider();
        }
    }

    @Nested
    final class Interrupts extends InterruptKit {
        @Override
        EngineProvider provider() {
            return EngineConformanceTest.this.provider();
        }
    }
}
