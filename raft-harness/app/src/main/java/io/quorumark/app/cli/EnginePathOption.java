package io.quorumark.app.cli;

import io.quorumark.campaign.engine.EnginePath;
import io.quorumark.campaign.engine.Engines;
import io.quorumark.campaign.support.Invocation;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Engines that are not part of the program. */
final class EnginePathOption {
    @Option(
            names = "--engine-path",
            paramLabel = "JARS",
            description = "Jars of engines of your own and of the libraries they need: my-engine.jar:library.jar.")
    private @Nullable String jars;

    /** As written, null if it is not given. */
    @Nullable
    List<String> jars() {
        return jars == null ? null : EnginePath.split(jars);
    }

    /**
     * The engines that there are with it.
     *
     * @throws io.quorumark.campaign.support.UsageError a jar cannot be used
     */
    Engines engines() {
        List<String> given = jars();
        return given == null ? Engines.onClassPath() : Engines.with(EnginePath.of(given));
    }

    /**
     * Refuses to lose a jar of it.
     *
     * @throws io.quorumark.campaign.support.UsageError an output is one of the jars
     */
    <A> OutputFiles<A> keepIn(OutputFiles<A> outputs) {
        List<String> given = jars();
        if (given != null) {
            given.forEach(jar -> outputs.keep("--engine-path", Path.of(jar)));
        }
        return outputs;
    }

    /** The words that give the option again in a checkout; none if it is not given. */
    List<String> words() {
        List<String> given = jars();
        return given == null
                ? List.of()
                : List.of(
                        "--engine-path",
                        String.join(
                                File.pathSeparator,
                                given.stream()
                                        .map(jar -> Invocation.pathInCheckout(Path.of(jar)))
                                        .toList()));
    }
}
