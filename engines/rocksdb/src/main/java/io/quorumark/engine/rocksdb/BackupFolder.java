package io.quorumark.engine.rocksdb;

import io.quorumark.engine.Backup;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.support.Folders;
import io.quorumark.engine.support.NewFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BackupEngine;
import org.rocksdb.BackupEngineOptions;
import org.rocksdb.BackupInfo;
import org.rocksdb.Env;
import org.rocksdb.RestoreOptions;
import org.rocksdb.RocksDBException;

/**
 * A folder of RocksDB's own backups: table files are shared between them under names that hold their checksums, and everything is synced.
 */
final class BackupFolder {
    /** RocksDB's folder of what each backup consists of. */
    private static final String META = "meta";

    private final Path folder;
    private final RocksDbErrors errors;

    BackupFolder(Path folder) {
        this.folder = folder;
        this.errors = new RocksDbErrors(folder);
    }

    /** Adds a backup of everything committed so far; what only write buffers hold is flushed for it. */
    Backup add(OpenDatabase database) throws IOException {
        prepare();
        long bytesBefore = Folders.bytes(folder);
        try (BackupEngineOptions options = options();
                BackupEngine backups = BackupEngine.open(Env.getDefault(), options)) {
            backups.createNewBackup(database.db(), true);
            BackupInfo newest = backups.getBackupInfo().stream()
                    .max(Comparator.comparingInt(BackupInfo::backupId))
                    .orElseThrow();
            long addedBytes = Folders.bytes(folder) - bytesBefore;
            return new Backup(folder, newest.backupId(), addedBytes, newest.size());
        } catch (RocksDBException e) {
            throw errors.of("adding a backup", e);
        }
    }

    private void prepare() throws IOException {
        if (!Files.exists(folder)) {
            Files.createDirectory(folder);
            Folders.force(Folders.parentOf(folder));
            return;
        }
        if (!hasBackups()) {
            try (Stream<Path> found = Files.list(folder)) {
                List<Path> others = found.sorted().toList();
                if (!others.isEmpty()) {
                    throw io(
                            "holds no backups but other things, such as "
                                    + others.get(0).getFileName() + "; name an empty folder or one of backups",
                            null);
                }
            }
        }
    }

    private boolean hasBackups() {
        return Files.isDirectory(folder.resolve(META));
    }

    /** Copies one backup out, comparing every file's checksum. */
    void restore(int number, Path absentTarget) {
        if (!hasBackups()) {
            throw unknown(number, List.of());
        }
        try {
            NewFolder.make(RocksDbEngineProvider.ID, absentTarget, unfinished -> copyOut(number, unfinished));
        } catch (IOException e) {
            throw io(
                    "backup " + number + " cannot be restored to " + absentTarget + ": " + e
                            + "; check the device, its free space and the permissions",
                    e);
        }
    }

    private void copyOut(int number, Path target) {
        try (BackupEngineOptions options = options();
                BackupEngine backups = BackupEngine.open(Env.getDefault(), options);
                RestoreOptions withoutOldLogs = new RestoreOptions(false)) {
            if (Arrays.stream(backups.getCorruptedBackups()).anyMatch(damaged -> damaged == number)) {
                throw corruption("backup " + number + " is damaged: a file is missing or has another length");
            }
            List<Integer> numbers =
                    backups.getBackupInfo().stream().map(BackupInfo::backupId).toList();
            if (!numbers.contains(number)) {
                throw unknown(number, numbers);
            }
            backups.restoreDbFromBackup(number, target.toString(), target.toString(), withoutOldLogs);
        } catch (RocksDBException e) {
            throw errors.of("restoring backup " + number, e);
        }
    }

    private BackupEngineOptions options() {
        return new BackupEngineOptions(folder.toString())
                .setShareTableFiles(true)
                .setShareFilesWithChecksum(true)
                .setSync(true);
    }

    private EngineException.Corruption unknown(int number, List<Integer> numbers) {
        return corruption("the folder has no backup " + number + ", expected one of " + numbers);
    }

    private EngineException.Corruption corruption(String problem) {
        return new EngineException.Corruption(
                RocksDbEngineProvider.ID, folder, problem + "; restore another backup", null);
    }

    private EngineException.Io io(String problem, @Nullable IOException cause) {
        return new EngineException.Io(RocksDbEngineProvider.ID, folder, problem, cause);
    }
}
