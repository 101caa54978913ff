package io.quorumark.engine.bridge;

import io.quorumark.engine.Ability;
import io.quorumark.engine.Capabilities;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.support.HandleChecks;
import io.quorumark.engine.support.OneWriter;

/** What all handles of one open engine share. */
final class OpenNative {
    private final NativeCalls calls;
    private final long handle;
    private final NativeErrors errors;
    private final Capabilities capabilities;
    private final Durability openedAt;
    private final HandleChecks checks;
    private final OneWriter writer;
    private final boolean oneWriter;

    OpenNative(NativeCalls calls, long handle, NativeErrors errors, Capabilities capabilities, EngineConfig config) {
        this.calls = calls;
        this.handle = handle;
        this.errors = errors;
        this.capabilities = capabilities;
        this.openedAt = config.durability();
        this.checks = new HandleChecks(errors.engineId(), config, capabilities.limits());
        this.writer = new OneWriter(checks);
        this.oneWriter = !capabilities.has(Ability.CONCURRENT_WRITERS) && !capabilities.has(Ability.GROUP_COMMIT);
    }

    NativeCalls calls() {
        return calls;
    }

    long handle() {
        return handle;
    }

    NativeErrors errors() {
        return errors;
    }

    boolean has(Ability ability) {
        return capabilities.has(ability);
    }

    HandleChecks checks() {
        return checks;
    }

    /**
     * If the engine has one writer, waits until nobody else writes; to be followed by {@link #endWriting}.
     *
     * @throws EngineException.Conflict this thread has a transaction open, for which it would wait for ever
     */
    void beginWriting() {
        if (oneWriter) {
            writer.begin();
        }
    }

    void endWriting() {
        if (oneWriter) {
            writer.end();
        }
    }

    /** Whether a transaction belongs to the thread that opened it, as its lock does. */
    boolean hasOneWriter() {
        return oneWriter;
    }

    /** As the header numbers it. */
    static int levelOf(Durability durability) {
        return switch (durability) {
            case NONE -> 0;
            case PROCESS_CRASH -> 1;
            case POWER_LOSS -> 2;
        };
    }

    /** @throws EngineException.Unsupported this engine does not commit at that level as it was opened */
    void checkLevel(Durability durability) {
        if (durability == openedAt) {
            return;
        }
        if (!capabilities.mixedDurability()
                || durability.isAtLeast(openedAt)
                || !capabilities.durabilities().contains(durability)) {
            throw new EngineException.Unsupported(
                    errors.engineId(),
                    errors.directory(),
                    "it was opened at " + openedAt + " and cannot commit at " + durability + "; open it at "
                            + durability);
        }
    }

    /** @return the answer, 0 or more */
    long check(String action, long answer, CallRecord call) {
        if (answer < 0) {
            throw errors.of(action, answer, call);
        }
        return answer;
    }
}
