package io.quorumark.engine.lmdb;

import io.quorumark.engine.EngineException;
import io.quorumark.engine.support.NoRoom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jnr.constants.platform.Errno;
import org.lmdbjava.Dbi;
import org.lmdbjava.Env;
import org.lmdbjava.LmdbException;
import org.lmdbjava.LmdbNativeException;
import org.lmdbjava.Txn;

/** Turns LMDB's result codes into the SPI's exceptions. */
record LmdbErrors(Path directory) {
    private static final String ID = LmdbEngineProvider.ID;

    private static final long NEXT_TO_NOTHING_BYTES = 1 << 20;

    /** @param action what failed, such as {@code put into 'state'} */
    EngineException of(String action, LmdbException e) {
        String problem = action + " failed: " + e.getMessage();
        if (e instanceof Env.MapFullException) {
            return new EngineException.Full(
                    ID, directory, problem + "; raise maxDataBytes, or close old snapshots and cursors", e);
        }
        if (e instanceof Txn.TxFullException) {
            return new EngineException.Full(ID, directory, problem + "; commit smaller batches", e);
        }
        if (e instanceof Env.ReadersFullException) {
            return new EngineException.Stalled(
                    ID, directory, problem + "; close sessions, cursors or snapshots, or raise max_readers", e);
        }
        if (isCorruption(e)) {
            return new EngineException.Corruption(
                    ID, directory, problem + "; restore a checkpoint or start with an empty folder", e);
        }
        if (e instanceof LmdbNativeException nativeError && isOutOfSpace(nativeError.getResultCode())) {
            return new EngineException.Full(ID, directory, problem + "; make room on the device", e);
        }
        return new EngineException.Io(ID, directory, problem + "; close the engine and open it again", e);
    }

    /** Like {@link #of}, for what the adapter itself does with files. */
    EngineException of(String action, IOException e) {
        String problem = action + " failed: " + e;
        if (NoRoom.isBehind(e)) {
            return new EngineException.Full(ID, directory, problem + "; make room on the device", e);
        }
        return new EngineException.Io(ID, directory, problem + "; check the folder, its parent and the permissions", e);
    }

    private static boolean isCorruption(LmdbException e) {
        return e instanceof Env.FileInvalidException
                || e instanceof Env.VersionMismatchException
                || e instanceof LmdbNativeException.PageCorruptedException
                || e instanceof LmdbNativeException.PageNotFoundException
                || e instanceof Dbi.IncompatibleException;
    }

    /**
     * A write that finds room for a part of its bytes only is an EIO to LMDB; what tells it from a broken device is the room that is left.
     */
    private boolean isOutOfSpace(int resultCode) {
        return resultCode == Errno.ENOSPC.intValue()
                || resultCode == Errno.EDQUOT.intValue()
                || (resultCode == Errno.EIO.intValue() && freeBytes() < NEXT_TO_NOTHING_BYTES);
    }

    private long freeBytes() {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException e) {
            // A device that does not even say how much room it has is a broken one.
            return Long.MAX_VALUE;
        }
    }
}
