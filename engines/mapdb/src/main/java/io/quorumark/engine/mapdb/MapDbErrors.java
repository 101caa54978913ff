package io.quorumark.engine.mapdb;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.support.NoRoom;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Turns what MapDB throws into the SPI's exceptions. */
final class MapDbErrors {
    private final Path directory;

    MapDbErrors(Path directory) {
        this.directory = directory;
    }

    EngineException damaged(String what, @Nullable Throwable cause) {
        return new EngineException.Corruption(
                MapDbEngineProvider.ID,
                directory,
                "the store is damaged: " + what.lines().findFirst().orElse("")
                        + "; restore a checkpoint or start with an empty folder",
                cause);
    }

    Path directory() {
        return directory;
    }

    /** A failed read, or a control call. MapDB reports damage with many kinds of exceptions and errors. */
    EngineException translate(String doing, Throwable failure) {
        if (failure instanceof EngineException known) {
            return known;
        }
        if (NoRoom.isBehind(failure)) {
            return new EngineException.Full(
                    MapDbEngineProvider.ID,
                    directory,
                    doing + " found no room on the device and did not happen; make room",
                    failure);
        }
        return io(doing + " failed: " + oneLine(failure) + "; close the engine and throw its folder away", failure);
    }

    /** The engine's own folder is none the worse for it. */
    EngineException checkpointFailed(Path target, Exception failure) {
        if (failure instanceof EngineException || NoRoom.isBehind(failure)) {
            return translate("checkpoint to " + target, failure);
        }
        return io("checkpoint to " + target + " failed: " + oneLine(failure) + "; check the target's folder", failure);
    }

    EngineException cannotOpen(Throwable failure) {
        return NoRoom.isBehind(failure)
                ? translate("open", failure)
                : corruption("MapDB cannot read the store: " + oneLine(failure), failure);
    }

    EngineException cannotLoad(LinkageError failure) {
        return new EngineException.Unsupported(
                MapDbEngineProvider.ID,
                directory,
                "MapDB cannot be loaded here: " + oneLine(failure) + "; complete the class path",
                failure);
    }

    EngineException uncleanEnd() {
        return corruption("the store was not closed, and MapDB cannot recover it", null);
    }

    EngineException noRoomToDelete(long neededBytes, long freeBytes) {
        return new EngineException.Full(
                MapDbEngineProvider.ID,
                directory,
                "deletions of a commit may take up to " + neededBytes
                        + " bytes, as MapDB writes a tree's leaf anew for each, and there are " + freeBytes
                        + " left; it did not happen: delete fewer keys at a time, or make room",
                null);
    }

    EngineException halfApplied(Throwable failure) {
        return corruption(
                "a commit failed half-way (" + oneLine(failure) + "), and MapDB cannot take it back", failure);
    }

    EngineException closed(String handle) {
        return new EngineException.Closed(
                MapDbEngineProvider.ID, directory, "the " + handle + " has been closed; open a new one");
    }

    EngineException wrongDurability(Durability asked) {
        return new EngineException.Unsupported(
                MapDbEngineProvider.ID,
                directory,
                "a commit asked for " + asked + ", and MapDB is not crash-safe in any mode; ask for NONE");
    }

    EngineException noCompaction() {
        return new EngineException.Unsupported(
                MapDbEngineProvider.ID,
                directory,
                "compaction is not offered, because MapDB would copy the whole store onto the heap; open a checkpoint instead");
    }

    EngineException tooLong(String what, int bytes, int maxBytes) {
        return new EngineException.LimitExceeded(
                MapDbEngineProvider.ID,
                directory,
                "a " + what + " has " + bytes + " bytes, expected at most " + maxBytes + "; shorten it");
    }

    EngineException io(String problem, @Nullable Throwable cause) {
        return new EngineException.Io(MapDbEngineProvider.ID, directory, problem, cause);
    }

    private EngineException corruption(String problem, @Nullable Throwable cause) {
        return new EngineException.Corruption(
                MapDbEngineProvider.ID,
                directory,
                problem + "; throw the folder away and rebuild it from a checkpoint, or from snapshot and log",
                cause);
    }

    private static String oneLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("") + " ("
                + failure.getClass().getSimpleName() + ")";
    }
}
