package io.quorumark.engine.xodus;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.support.NoRoom;
import java.io.IOException;
import java.nio.file.Path;
import jetbrains.exodus.InvalidSettingException;
import jetbrains.exodus.OutOfDiskSpaceException;
import jetbrains.exodus.crypto.InvalidCipherParametersException;
import jetbrains.exodus.env.TransactionAcquireTimeoutException;
import jetbrains.exodus.log.DataCorruptionException;
import jetbrains.exodus.log.TooBigLoggableException;
import org.jspecify.annotations.Nullable;

/** Turns what Xodus throws into the SPI's exceptions. */
final class XodusErrors {
    private final Path directory;

    XodusErrors(Path directory) {
        this.directory = directory;
    }

    Path directory() {
        return directory;
    }

    /** @param doing what failed, such as {@code commit} */
    EngineException translate(String doing, RuntimeException failure) {
        EngineException known = known(doing, failure);
        if (known != null) {
            return known;
        }
        return new EngineException.Io(
                XodusEngineProvider.ID,
                directory,
                doing + " failed: " + oneLine(failure)
                        + "; whether it happened is unknown, close the engine and open it again",
                failure);
    }

    /** What a check may meet besides: damage shows as any exception of the library's, which may have met a device that does not answer. */
    EngineException translateVerify(RuntimeException failure) {
        if (failure instanceof EngineException own) {
            return own;
        }
        EngineException known = known("verify", failure);
        if (known != null) {
            return known;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return io("verify could not read: " + oneLine(cause) + "; check the device", failure);
            }
        }
        return damaged("verify", failure, failure);
    }

    /** What opening may meet besides: damage shows as any exception of the library's recovery. */
    EngineException translateOpen(RuntimeException failure) {
        EngineException known = known("opening", failure);
        if (known != null) {
            return known;
        }
        String message = String.valueOf(failure.getMessage());
        if (message.startsWith("Can't acquire environment lock")) {
            return locked(failure);
        }
        if (failure instanceof InvalidSettingException) {
            return new EngineException.Unsupported(
                    XodusEngineProvider.ID,
                    directory,
                    "settings were refused: " + oneLine(failure) + "; lower the memory budget or raise -Xmx",
                    failure);
        }
        return new EngineException.Corruption(
                XodusEngineProvider.ID,
                directory,
                "recovery failed: " + oneLine(failure) + "; restore a checkpoint or start with an empty folder",
                failure);
    }

    EngineException locked(@Nullable Throwable cause) {
        return new EngineException.Locked(
                XodusEngineProvider.ID, directory, "the folder is open already; close the other engine first", cause);
    }

    EngineException closed(String handle) {
        return new EngineException.Closed(
                XodusEngineProvider.ID, directory, "the " + handle + " has been closed; open a new one");
    }

    EngineException wrongDurability(Durability asked, Durability opened) {
        return new EngineException.Unsupported(
                XodusEngineProvider.ID,
                directory,
                "a commit asked for " + asked + " but the engine was opened at " + opened
                        + ", and Xodus has one level for all commits; ask for " + opened);
    }

    EngineException tooLong(String what, int bytes, int maxBytes) {
        return new EngineException.LimitExceeded(
                XodusEngineProvider.ID,
                directory,
                "a " + what + " has " + bytes + " bytes, expected at most " + maxBytes + "; shorten it");
    }

    EngineException io(String problem, @Nullable Throwable cause) {
        return new EngineException.Io(XodusEngineProvider.ID, directory, problem, cause);
    }

    EngineException stalled(String problem, @Nullable Throwable cause) {
        return new EngineException.Stalled(XodusEngineProvider.ID, directory, problem, cause);
    }

    private @Nullable EngineException known(String doing, RuntimeException failure) {
        if (NoRoom.isBehind(failure)) {
            return full(doing, failure);
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            EngineException known = known(doing, cause, failure);
            if (known != null) {
                return known;
            }
        }
        return null;
    }

    private @Nullable EngineException known(String doing, Throwable cause, RuntimeException failure) {
        if (cause instanceof OutOfDiskSpaceException) {
            return full(doing, failure);
        }
        if (cause instanceof TooBigLoggableException) {
            return new EngineException.LimitExceeded(
                    XodusEngineProvider.ID,
                    directory,
                    doing + " has an entry longer than a log file; raise exodus.log.fileSize");
        }
        if (cause instanceof DataCorruptionException || cause instanceof InvalidCipherParametersException) {
            return damaged(doing, cause, failure);
        }
        if (cause instanceof TransactionAcquireTimeoutException) {
            return stalled(doing + " waited too long for its turn; try again later", failure);
        }
        return null;
    }

    private EngineException damaged(String doing, Throwable cause, RuntimeException failure) {
        return new EngineException.Corruption(
                XodusEngineProvider.ID,
                directory,
                doing + " met damage: " + oneLine(cause) + "; restore a checkpoint or start with an empty folder",
                failure);
    }

    private EngineException full(String doing, RuntimeException failure) {
        return full(doing + " found no room on the device and did not happen; make room", (Throwable) failure);
    }

    EngineException full(String problem, Throwable cause) {
        return new EngineException.Full(XodusEngineProvider.ID, directory, problem, cause);
    }

    private static String oneLine(Throwable failure) {
        return String.valueOf(failure.getMessage())
                .lines()
                .findFirst()
                .orElse(failure.getClass().getName());
    }
}
