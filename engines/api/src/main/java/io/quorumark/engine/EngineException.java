package io.quorumark.engine;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A failure of an engine. The message is one line: engine, folder, what happened, and what to do about it. Catch the subclass whose remedy
 * you have.
 */
public abstract sealed class EngineException extends RuntimeException {
    private final String engineId;
    private final Path directory;

    EngineException(String engineId, Path directory, String problem, @Nullable Throwable cause) {
        super(engineId + " at " + directory + ": " + problem, cause);
        this.engineId = engineId;
        this.directory = directory;
    }

    public String engineId() {
        return engineId;
    }

    public Path directory() {
        return directory;
    }

    /** The operating system refused a read or write. After a failed commit it is unknown whether the commit happened: close and reopen. */
    public static final class Io extends EngineException {
        public Io(String engineId, Path directory, String problem, @Nullable Throwable cause) {
            super(engineId, directory, problem, cause);
        }
    }

    /**
     * The folder holds something that this engine did not write, or damage that recovery cannot repair. Restore a checkpoint, or start
     * empty.
     */
    public static final class Corruption extends EngineException {
        public Corruption(String engineId, Path directory, String problem, @Nullable Throwable cause) {
            super(engineId, directory, problem, cause);
        }
    }

    /** No room on the device or in the engine's map. The commit did not happen; make room, or raise {@link EngineConfig#maxDataBytes()}. */
    public static final class Full extends EngineException {
        public Full(String engineId, Path directory, String problem, @Nullable Throwable cause) {
            super(engineId, directory, problem, cause);
        }
    }

    /** The engine is stalled (write stall, reader slots used up) for longer than it may be. Try again later. */
    public static final class Stalled extends EngineException {
        public Stalled(String engineId, Path directory, String problem, @Nullable Throwable cause) {
            super(engineId, directory, problem, cause);
        }
    }

    /** The engine cannot do this, in this configuration or at all; its {@link Capabilities} say so. */
    public static final class Unsupported extends EngineException {
        public Unsupported(String engineId, Path directory, String problem) {
            super(engineId, directory, problem, null);
        }

        public Unsupported(String engineId, Path directory, String problem, @Nullable Throwable cause) {
            super(engineId, directory, problem, cause);
        }
    }

    /** A key or value is outside the engine's {@link Limits}. */
    public static final class LimitExceeded extends EngineException {
        public LimitExceeded(String engineId, Path directory, String problem) {
            super(engineId, directory, problem, null);
        }
    }

    /** The handle, or its engine, has been closed. A defect of the caller. */
    public static final class Closed extends EngineException {
        public Closed(String engineId, Path directory, String problem) {
            super(engineId, directory, problem, null);
        }
    }

    /** Another commit has changed a key that this transaction touched. Nothing was written: run the transaction again. */
    public static final class Conflict extends EngineException {
        public Conflict(String engineId, Path directory, String problem, @Nullable Throwable cause) {
            super(engineId, directory, problem, cause);
        }
    }

    /**
     * The folder is encrypted with another key, or is not encrypted although a key was given, or the other way round. Give the right key
     * file.
     */
    public static final class WrongKey extends EngineException {
        public WrongKey(String engineId, Path directory, String problem, @Nullable Throwable cause) {
            super(engineId, directory, problem, cause);
        }
    }

    /**
     * The calling thread was interrupted, and the engine cannot do this call on such a thread. Nothing was done, and the thread is still
     * interrupted: clear the interrupt and call again, or call from another thread. See the package's rules for interrupts.
     */
    public static final class Interrupted extends EngineException {
        public Interrupted(String engineId, Path directory, String problem, @Nullable Throwable cause) {
            super(engineId, directory, problem, cause);
        }
    }

    /** The folder is open already, in this process or another. */
    public static final class Locked extends EngineException {
        public Locked(String engineId, Path directory, String problem, @Nullable Throwable cause) {
            super(engineId, directory, problem, cause);
        }
    }

    /** A native option is unknown to the adapter, or its value is not accepted. */
    public static final class InvalidOption extends EngineException {
        public InvalidOption(String engineId, Path directory, String problem) {
            super(engineId, directory, problem, null);
        }
    }
}
