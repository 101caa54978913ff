package io.quorumark.campaign;

import io.quorumark.engine.EngineProvider;
import io.quorumark.results.durability.DurabilityEvidence;
import io.quorumark.results.model.DurabilityFinding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The kept evidence that is part of this program, for the engines of a campaign in their present versions. */
final class KnownDurability {
    private static final String RESOURCE = "/durability.json";

    private KnownDurability() {}

    static List<DurabilityFinding> of(List<EngineProvider> providers) throws IOException {
        DurabilityEvidence kept = kept();
        List<DurabilityFinding> known = new ArrayList<>();
        for (EngineProvider provider : providers) {
            known.addAll(kept.of(provider.id(), provider.facts().libraryVersion()));
        }
        return known;
    }

    private static DurabilityEvidence kept() throws IOException {
        Path copy = Files.createTempFile("durability-", ".json");
        try (InputStream in = KnownDurability.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new AssertionError("durability.json is not in the program");
            }
            Files.write(copy, in.readAllBytes());
            return DurabilityEvidence.read(copy);
        } finally {
            Files.delete(copy);
        }
    }
}
