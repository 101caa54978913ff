package io.quorumark.engine.tck;

import io.quorumark.engine.EngineProvider;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.Store;
import org.junit.jupiter.api.Nested;

/**
 * What every engine does alike: one kit a theme, and random programs against sorted maps. A subclass names the provider, and nothing else.
 *
 * <p>The programs' number is jqwik's {@code jqwik.tries.default}; a program that fails is made as short as it can be, and the report shows it with the seed that brings it
 * back.
 */
public abstract class EngineConformanceTest {
    protected abstract EngineProvider provider();

    @Property(shrinking = ShrinkingMode.BOUNDED)
    void random_programs_answer_like_sorted_maps(@ForAll("programs") List<Step> program) {
        Store<ProgramRunner> runner =
                Store.getOrCreate(getClass(), Lifespan.PROPERTY, () -> new ProgramRunner(provider()));
        runner.get().run(program);
    }

    @Provide
    Arbitrary<List<Step>> programs() {
        return Programs.ofSteps();
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
}
