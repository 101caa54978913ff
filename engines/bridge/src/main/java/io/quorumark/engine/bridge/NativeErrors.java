package io.quorumark.engine.bridge;

import io.quorumark.engine.EngineException;
import java.nio.file.Path;

/** Turns the codes of {@code quorumark_engine.h} into the SPI's exceptions. */
record NativeErrors(String engineId, Path directory) {
    static final int NOT_FOUND = -1;
    static final int TOO_SMALL = -2;

    /** @param action what failed, such as {@code commit} */
    RuntimeException of(String action, long code, CallRecord call) {
        String problem = action + " failed: " + call.message();
        return switch ((int) Math.max(code, Integer.MIN_VALUE)) {
            case -10 -> new EngineException.Io(engineId, directory, problem, null);
            case -11 ->
                new EngineException.Corruption(
                        engineId, directory, problem + "; restore a checkpoint or start with an empty folder", null);
            case -12 ->
                new EngineException.Full(
                        engineId, directory, problem + "; make room on the device or raise maxDataBytes", null);
            case -13 -> new EngineException.Stalled(engineId, directory, problem + "; try again later", null);
            case -14 -> new EngineException.Unsupported(engineId, directory, problem);
            case -15 -> new EngineException.LimitExceeded(engineId, directory, problem);
            case -16 -> new EngineException.Closed(engineId, directory, problem);
            case -17 -> new EngineException.Conflict(engineId, directory, problem + "; run it again", null);
            case -18 -> new EngineException.WrongKey(engineId, directory, problem, null);
            case -19 -> new EngineException.Locked(engineId, directory, problem, null);
            case -20 -> new EngineException.InvalidOption(engineId, directory, problem);
            case -21 -> new IllegalStateException(engineId + " at " + directory + ": " + problem);
            case -22, -23 ->
                new EngineException.Io(engineId, directory, problem + "; close the engine and open it again", null);
            case -24 -> new IllegalArgumentException(engineId + " at " + directory + ": " + problem);
            default -> unknown(action, code);
        };
    }

    /** The library answered what its header does not allow. */
    EngineException.Io unknown(String action, long answer) {
        return new EngineException.Io(
                engineId,
                directory,
                action + " was answered with " + answer + ", which the interface does not know; mend the library",
                null);
    }

    /** The library answered with text that is not what its header says. */
    EngineException.Io unreadable(String action, IllegalArgumentException problem) {
        return new EngineException.Io(
                engineId,
                directory,
                action + " was answered with what cannot be read (" + problem.getMessage() + "); mend the library",
                problem);
    }
}
