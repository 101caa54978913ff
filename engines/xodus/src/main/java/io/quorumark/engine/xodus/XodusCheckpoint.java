package io.quorumark.engine.xodus;

import io.quorumark.engine.Checkpoint;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.support.NewFolder;
import io.quorumark.engine.support.NoRoom;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jetbrains.exodus.backup.BackupStrategy;
import jetbrains.exodus.backup.VirtualFileDescriptor;
import jetbrains.exodus.env.EnvironmentImpl;
import jetbrains.exodus.env.Transaction;
import jetbrains.exodus.log.LogUtil;

/**
 * Copies an environment's log while commits go on.
 *
 * <p>The log is append-only, so its bytes up to the end of a commit are that commit's state. A read-only transaction names that end and
 * keeps collected files from being deleted; Xodus's own backup strategy pauses the collector and lists the files.
 */
final class XodusCheckpoint {
    private static final int BUFFER_BYTES = 1 << 20;

    private final EnvironmentImpl environment;
    private final XodusErrors errors;

    XodusCheckpoint(EnvironmentImpl environment, XodusErrors errors) {
        this.environment = environment;
        this.errors = errors;
    }

    Checkpoint writeTo(Path absentTarget) {
        try {
            return NewFolder.checkpoint(XodusEngineProvider.ID, absentTarget, unfinished -> {
                Files.createDirectory(unfinished);
                copyTo(unfinished);
            });
        } catch (IOException e) {
            String problem = "checkpoint to " + absentTarget + " failed (" + e + "); ";
            throw NoRoom.isBehind(e)
                    ? errors.full(problem + "make room on the device", e)
                    : errors.io(problem + "check the target's folder", e);
        } catch (EngineException e) {
            throw e;
        } catch (RuntimeException e) {
            throw errors.translate("checkpoint to " + absentTarget, e);
        }
    }

    private void copyTo(Path folder) throws IOException {
        Transaction transaction = environment.beginReadonlyTransaction();
        try {
            BackupStrategy strategy = environment.getBackupStrategy();
            strategy.beforeBackup();
            try {
                for (VirtualFileDescriptor descriptor : strategy.getContents()) {
                    copyUpTo(transaction.getHighAddress(), descriptor, folder);
                }
            } finally {
                strategy.afterBackup();
            }
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        } finally {
            transaction.abort();
        }
    }

    private static void copyUpTo(long endAddress, VirtualFileDescriptor descriptor, Path folder) throws IOException {
        File source = descriptor.getFile();
        long wantedBytes = Math.min(descriptor.getFileSize(), endAddress - LogUtil.getAddress(descriptor.getName()));
        if (source == null || wantedBytes <= 0) {
            return;
        }
        // Streams, because an interrupt closes a channel in the middle of a copy.
        try (FileInputStream in = new FileInputStream(source);
                FileOutputStream out = new FileOutputStream(
                        folder.resolve(descriptor.getName()).toFile())) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (long left = wantedBytes; left > 0; ) {
                int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
                if (read < 0) {
                    throw new IOException(source + " ends " + left + " bytes before the commit that is copied");
                }
                out.write(buffer, 0, read);
                left -= read;
            }
            out.getFD().sync();
        } catch (FileNotFoundException e) {
            if (source.exists()) {
                throw e;
            }
            // Collected before the transaction began and deleted after the listing: nothing in this state needs it.
        }
    }
}
