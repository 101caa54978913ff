package io.quorumark.campaign;

import io.quorumark.engine.EngineProvider;
import io.quorumark.results.durability.DurabilityEvidence;
import io.quorumark.results.linearizability.LinearizabilityEvidence;
import io.quorumark.results.model.DurabilityFinding;
import io.quorumark.results.model.LinearizabilityFinding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The kept evidence that is part of this program, for the engines of a campaign in their present versions. */
final class KnownEvidence {
    private static final String DURABILITY = "durability.json";
    private static final String LINEARIZABILITY = "linearizability.json";

    private KnownEvidence() {}

    static List<DurabilityFinding> durability(List<EngineProvider> providers) throws IOException {
        return of(providers, kept(DURABILITY, DurabilityEvidence::read)::of);
    }

    static List<LinearizabilityFinding> linearizability(List<EngineProvider> providers) throws IOException {
        return of(providers, kept(LINEARIZABILITY, LinearizabilityEvidence::read)::of);
    }

    private static <T> List<T> of(List<EngineProvider> providers, BiFunction<String, String, List<T>> known) {
        return providers.stream()
                .flatMap(provider -> known.apply(provider.id(), provider.facts().libraryVersion()).stream())
                .toList();
    }

    private static <T> T kept(String name, Function<Path, T> reader) throws IOException {
        Path copy = Files.createTempFile("evidence-", ".json");
        try (InputStream in = KnownEvidence.class.getResourceAsStream("/" + name)) {
            if (in == null) {
                throw new AssertionError(name + " is not in the program");
            }
            Files.write(copy, in.readAllBytes());
            return reader.apply(copy);
        } finally {
            Files.delete(copy);
        }
    }
}
