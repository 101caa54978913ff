package io.quorumark.engine.bridge;

import io.quorumark.engine.Capabilities;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.KVEngine;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The provider of an engine in a native library. A subclass says what the engine is, what it promises, and which options it takes. */
public abstract class NativeProvider implements EngineProvider {
    private static final int NO_OUT = 0;
    private static final int MOST_KEYSPACES = 256;

    private final String id;
    private final NativeLibrary library;
    private final Capabilities capabilities;
    private final String marker;

    /**
     * @param marker the file that is in every folder of the engine once its data is made; other files that are made before it begin with
     * its name
     */
    protected NativeProvider(String id, NativeLibrary library, Capabilities capabilities, String marker) {
        this.id = id;
        this.library = library;
        this.capabilities = capabilities;
        this.marker = marker;
    }

    @Override
    public final String id() {
        return id;
    }

    @Override
    public final Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public final Optional<String> unavailable() {
        return library.unavailable();
    }

    /**
     * The native options that the engine is opened with, checked.
     *
     * @throws EngineException.InvalidOption an option is unknown or its value is not accepted
     */
    protected abstract Map<String, String> settings(EngineConfig config);

    /** What a batch may hold with these settings, in bytes; never less than the limits say. */
    protected long maxBatchBytes(Map<String, String> settings) {
        return capabilities.limits().maxBatchBytes();
    }

    @Override
    public final List<String> backgroundThreads() {
        return List.of("jnr.ffi");
    }

    @Override
    public final boolean unpacksLibrary() {
        return library.isPacked();
    }

    @Override
    public final void checkOptions(EngineConfig config) {
        Map<String, String> unused = settings(config);
    }

    /**
     * What the library is given to open the engine with: for a program that opens it in the engine's own language, to compare with.
     *
     * @param config its directory exists
     * @throws EngineException.InvalidOption an option is unknown or its value is not accepted
     */
    public final String configText(EngineConfig config) {
        return ConfigText.of(config, config.directory().toAbsolutePath().normalize(), settings(config));
    }

    @Override
    public final KVEngine open(EngineConfig config) {
        if (!capabilities.durabilities().contains(config.durability())) {
            throw new EngineException.Unsupported(
                    id,
                    config.directory(),
                    "it cannot be opened at " + config.durability() + "; open it at one of "
                            + capabilities.durabilities());
        }
        if (config.keyspaces().size() > MOST_KEYSPACES) {
            throw new EngineException.Unsupported(
                    id,
                    config.directory(),
                    "it takes " + MOST_KEYSPACES + " keyspaces, not "
                            + config.keyspaces().size() + "; use fewer");
        }
        Map<String, String> settings = settings(config);
        NativeCalls calls = library.calls(id, config.directory());
        Path directory = DataFolder.prepare(id, config.directory(), marker);
        CallRecord call = new CallRecord(NO_OUT);
        NativeErrors errors = new NativeErrors(id, config.directory());
        long answer =
                open(calls, ConfigText.direct(id), ConfigText.direct(ConfigText.of(config, directory, settings)), call);
        if (answer < 0) {
            throw errors.of("opening", answer, call);
        }
        return new NativeEngine(
                config, new OpenNative(calls, call.handle(), errors, capabilities, config), maxBatchBytes(settings));
    }

    private static long open(NativeCalls calls, DirectMemory id, DirectMemory config, CallRecord call) {
        try {
            return calls.qm_open(
                    id.address(),
                    id.bytes().limit(),
                    config.address(),
                    config.bytes().limit(),
                    call.address());
        } finally {
            Reference.reachabilityFence(id);
            Reference.reachabilityFence(config);
        }
    }
}
