package io.quorumark.engine.tck;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.support.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/**
 * Runs programs one after the other on one engine, which is emptied in between; on a new one after a failure, and after a while, as what
 * programs before have written makes every opening longer.
 */
final class ProgramRunner implements AutoCloseable {
    private static final int MOST_PROGRAMS_OF_AN_ENGINE = 100;

    private final EngineProvider provider;
    private final Path folder;
    private int folders;
    private int programs;
    private ProgramState state;

    ProgramRunner(EngineProvider provider) {
        this.provider = provider;
        try {
            this.folder = Files.createTempDirectory("quorumark-programs-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.state = fresh();
    }

    private ProgramState fresh() {
        programs = 0;
        Durability weakest = Collections.min(provider.capabilities().durabilities());
        return new ProgramState(
                provider,
                EngineConfig.of(folder.resolve("engine-" + folders++), Kit.KEYSPACES, weakest)
                        .withMaxDataBytes(1L << 30));
    }

    void run(List<Step> program) {
        if (programs == MOST_PROGRAMS_OF_AN_ENGINE) {
            state.close();
            state = fresh();
        }
        programs++;
        try {
            program.forEach(step -> step.run(state));
            for (int space = 0; space < Kit.KEYSPACES.size(); space++) {
                state.compareAll("at the end", state.session(), state.model(space), space);
            }
            state.clear();
        } catch (RuntimeException | Error e) {
            startAnew(e);
            throw e;
        }
    }

    private void startAnew(Throwable failure) {
        try {
            state.close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
        state = fresh();
    }

    @Override
    public void close() {
        state.close();
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
