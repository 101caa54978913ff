package io.quorumark.engine.bridge;

import io.quorumark.engine.Capabilities;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineFacts;
import io.quorumark.engine.Limits;
import io.quorumark.engine.Maintenance;
import io.quorumark.engine.support.Options;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The adapter of the sample engine: all that an engine needs on this side. */
public final class SampleProvider extends NativeProvider {
    private static final NativeLibrary LIBRARY = NativeLibrary.of("sample.so", "compile src/test/c/sample.c");

    private static final Capabilities CAPABILITIES = new Capabilities(
            Set.of(Durability.PROCESS_CRASH, Durability.POWER_LOSS),
            false,
            true,
            true,
            false,
            Set.of(),
            new Limits(1, Limits.PORTABLE_MAX_KEY_BYTES, Limits.PORTABLE_MAX_VALUE_BYTES));

    public SampleProvider() {
        super("sample", LIBRARY, CAPABILITIES, "data");
    }

    @Override
    public EngineFacts facts() {
        return new EngineFacts(
                "Sample",
                "1",
                "sorted array",
                "LicenseRef-Test",
                Maintenance.ACTIVE,
                List.of("Every commit writes the whole file."));
    }

    @Override
    protected Map<String, String> settings(EngineConfig config) {
        new Options("sample", config).refuseUnknown();
        return Map.of();
    }
}
