package io.quorumark.engine.mvstore;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.support.NoRoom;
import java.io.IOException;
import java.nio.file.Path;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/** Turns what MVStore throws into the SPI's exceptions. */
record MvStoreErrors(Path directory) {
    private static final String ID = MvStoreEngineProvider.ID;

    /** @param doing what failed, such as {@code commit} */
    EngineException translate(String doing, Throwable failure) {
        if (failure instanceof EngineException known) {
            return known;
        }
        if (NoRoom.isBehind(failure)) {
            return new EngineException.Full(
                    ID,
                    directory,
                    doing + " found no room on the device and did not happen; make room, then close the engine and"
                            + " open it again",
                    failure);
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MVStoreException known && isDamage(known.getErrorCode())) {
                return new EngineException.Corruption(
                        ID,
                        directory,
                        doing + " met damage: " + oneLine(cause)
                                + "; restore a checkpoint or start with an empty folder",
                        failure);
            }
        }
        return io(doing + " failed: " + oneLine(failure) + "; close the engine and open it again", failure);
    }

    /** What opening may meet: damage shows as any exception of the library's. */
    EngineException translateOpen(RuntimeException failure) {
        EngineException known = translate("opening", failure);
        return known instanceof EngineException.Io
                ? new EngineException.Corruption(
                        ID,
                        directory,
                        "the file cannot be understood: " + oneLine(failure)
                                + "; restore a checkpoint or start with an empty folder",
                        failure)
                : known;
    }

    private static boolean isDamage(int code) {
        return code == DataUtils.ERROR_FILE_CORRUPT
                || code == DataUtils.ERROR_CHUNK_NOT_FOUND
                || code == DataUtils.ERROR_UNSUPPORTED_FORMAT
                || code == DataUtils.ERROR_READING_FAILED;
    }

    EngineException io(String problem, @Nullable Throwable cause) {
        return new EngineException.Io(ID, directory, problem, cause);
    }

    EngineException io(String doing, IOException cause) {
        String problem = doing + " failed: " + cause;
        return NoRoom.isBehind(cause)
                ? new EngineException.Full(ID, directory, problem + "; make room on the device", cause)
                : io(problem + "; check the folder, its parent and the permissions", (Throwable) cause);
    }

    EngineException closed(String handle) {
        return new EngineException.Closed(ID, directory, "the " + handle + " is closed; open a new one");
    }

    EngineException broken(Throwable cause) {
        return io(
                "the store closed itself after a failure (" + oneLine(cause) + "); close the engine and open it again",
                cause);
    }

    EngineException wrongDurability(Durability asked, Durability opened) {
        return new EngineException.Unsupported(
                ID,
                directory,
                "a commit asked for " + asked + " but the engine was opened at " + opened
                        + ", and MVStore has one level for all commits; ask for " + opened);
    }

    EngineException tooLong(String what, int bytes, int maxBytes) {
        return new EngineException.LimitExceeded(
                ID, directory, "a " + what + " has " + bytes + " bytes, expected at most " + maxBytes + "; shorten it");
    }

    static String oneLine(Throwable failure) {
        return String.valueOf(failure.getMessage())
                .lines()
                .findFirst()
                .orElse(failure.getClass().getName());
    }
}
