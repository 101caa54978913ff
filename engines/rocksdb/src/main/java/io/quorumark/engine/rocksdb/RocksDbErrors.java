package io.quorumark.engine.rocksdb;

import io.quorumark.engine.EngineException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Turns RocksDB's status codes into the SPI's exceptions. */
record RocksDbErrors(Path directory) {
    private static final String ID = RocksDbEngineProvider.ID;

    /** @param action what failed, such as {@code put into 'state'} */
    EngineException of(String action, RocksDBException e) {
        Status status = e.getStatus();
        String problem = action + " failed: " + describe(e, status);
        if (status == null) {
            return new EngineException.Io(ID, directory, problem, e);
        }
        if (isOutOfSpace(status)) {
            return new EngineException.Full(ID, directory, problem + "; make room on the device", e);
        }
        return switch (status.getCode()) {
            case Corruption ->
                new EngineException.Corruption(
                        ID, directory, problem + "; restore a checkpoint or start with an empty folder", e);
            case Busy, TimedOut, TryAgain, Incomplete ->
                new EngineException.Stalled(ID, directory, problem + "; try again later", e);
            case NotSupported, InvalidArgument -> new EngineException.Unsupported(ID, directory, problem, e);
            default -> new EngineException.Io(ID, directory, problem + "; close the engine and open it again", e);
        };
    }

    /** Like {@link #of}, for a call of a transaction: RocksDB tells it of another commit with a status that elsewhere asks for patience. */
    EngineException ofTransaction(String action, RocksDBException e) {
        Status status = e.getStatus();
        if (status != null && (status.getCode() == Status.Code.Busy || status.getCode() == Status.Code.TryAgain)) {
            return new EngineException.Conflict(
                    ID,
                    directory,
                    action + " met another commit (" + describe(e, status)
                            + "); nothing was written, run the transaction again",
                    e);
        }
        return of(action, e);
    }

    /** Like {@link #of}, for what only opening can meet: a folder that is in use, or one with other keyspaces in it. */
    EngineException ofOpening(RocksDBException e) {
        Status status = e.getStatus();
        String description = describe(e, status);
        if (status != null && status.getCode() == Status.Code.IOError && isLock(description)) {
            return new EngineException.Locked(
                    ID, directory, "the folder is open already: " + description + "; close the other engine first", e);
        }
        if (status != null && status.getCode() == Status.Code.InvalidArgument) {
            return new EngineException.Corruption(
                    ID,
                    directory,
                    "the folder does not fit: " + description + "; open it with the keyspaces it was made with",
                    e);
        }
        return of("opening", e);
    }

    /** After an error that made it refuse commits, RocksDB meets it again when it closes its log, and closes all the same. */
    EngineException ofClosing(RocksDBException e) {
        return new EngineException.Io(
                ID,
                directory,
                "closing met an error: " + describe(e)
                        + "; it is closed and keeps what was acknowledged, remove the cause and open it again",
                e);
    }

    EngineException.Closed closed(String handle) {
        return new EngineException.Closed(ID, directory, "the " + handle + " is closed; open a new one");
    }

    private static boolean isOutOfSpace(Status status) {
        String state = status.getState();
        return status.getSubCode() == Status.SubCode.NoSpace
                || (state != null && (state.contains("No space left") || state.contains("quota exceeded")));
    }

    /** RocksDB's lock file is named LOCK; no status code tells its two refusals (own process, other process) from other I/O errors. */
    private static boolean isLock(String description) {
        return description.contains("lock hold by current process") || description.contains("lock file:");
    }

    /** RocksDB's own words, on one line. */
    static String describe(RocksDBException e) {
        return describe(e, e.getStatus());
    }

    private static String describe(RocksDBException e, @Nullable Status status) {
        String code = status == null ? "" : status.getCodeString() + ": ";
        String state = status == null || status.getState() == null ? String.valueOf(e.getMessage()) : status.getState();
        return (code + state).replace('\n', ' ').replace('\r', ' ');
    }
}
