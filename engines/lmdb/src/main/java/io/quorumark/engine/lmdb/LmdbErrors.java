package io.quorumark.engine.lmdb;

import io.quorumark.engine.EngineException;
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

    /** @param action what failed, such as {@code put into 'state'} */
    EngineException of(String action, LmdbException e) {
        String problem = action + " failed: " + e.getMessage();
        if (e instanceof Env.MapFullException) {
            return new EngineException.Full(ID, directory, problem + "; raise maxDataBytes", e);
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

    EngineException.Closed closed(String handle) {
        return new EngineException.Closed(ID, directory, "the " + handle + " is closed; open a new one");
    }

    private static boolean isCorruption(LmdbException e) {
        return e instanceof Env.FileInvalidException
                || e instanceof Env.VersionMismatchException
                || e instanceof LmdbNativeException.PageCorruptedException
                || e instanceof LmdbNativeException.PageNotFoundException
                || e instanceof Dbi.IncompatibleException;
    }

    private static boolean isOutOfSpace(int resultCode) {
        return resultCode == Errno.ENOSPC.intValue() || resultCode == Errno.EDQUOT.intValue();
    }
}
