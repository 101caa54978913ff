package io.quorumark.engine.rocksdb;

import io.quorumark.engine.Backup;
import io.quorumark.engine.EngineException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BackupEngine;
import org.rocksdb.BackupEngineOptions;
import org.rocksdb.BackupInfo;
import org.rocksdb.Env;
import org.rocksdb.RestoreOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** A folder of RocksDB's own backups: table files are shared between them, checked by checksum, and synced. */
final class Backups {
    private static final String META = "meta";

    private Backups() {}

    /** Adds a backup of everything committed so far, what only the write buffers hold included. */
    static Backup add(RocksDB db, RocksDbErrors errors, Path folder) {
        try {
            requireOwn(errors, folder);
            long before = lengthOfFiles(folder);
            try (BackupEngineOptions options = options(folder);
                    BackupEngine engine = BackupEngine.open(Env.getDefault(), options)) {
                engine.createNewBackup(db, true);
                BackupInfo newest = engine.getBackupInfo().stream()
                        .max(Comparator.comparingInt(BackupInfo::backupId))
                        .orElseThrow();
                return new Backup(folder, newest.backupId(), lengthOfFiles(folder) - before, newest.size());
            }
        } catch (RocksDBException e) {
            throw errors.of("backing up into " + folder, e);
        } catch (IOException e) {
            throw io(folder, "the backup cannot be written: " + e + "; check the device and the permissions", e);
        }
    }

    static void restore(Path folder, int number, Path absentTarget) {
        RocksDbErrors errors = new RocksDbErrors(folder);
        if (Files.exists(absentTarget, LinkOption.NOFOLLOW_LINKS)) {
            throw io(absentTarget, "exists, expected a path where nothing is; choose another or remove it", null);
        }
        Path temporary = absentTarget.resolveSibling(absentTarget.getFileName() + ".restoring");
        try {
            if (!Files.isDirectory(folder.resolve(META))) {
                throw errors.noBackup(number, List.of());
            }
            remove(temporary);
            restoreInto(errors, folder, number, temporary);
            force(temporary);
            Files.move(temporary, absentTarget, StandardCopyOption.ATOMIC_MOVE);
            Path parent = absentTarget.toAbsolutePath().getParent();
            if (parent != null) {
                forceOne(parent);
            }
        } catch (RocksDBException e) {
            throw errors.of("restoring backup " + number, e);
        } catch (IOException e) {
            throw io(
                    absentTarget, "backup " + number + " cannot be restored here: " + e + "; check device and room", e);
        }
    }

    private static void restoreInto(RocksDbErrors errors, Path folder, int number, Path temporary)
            throws RocksDBException, IOException {
        try (BackupEngineOptions options = options(folder);
                BackupEngine engine = BackupEngine.open(Env.getDefault(), options);
                RestoreOptions clean = new RestoreOptions(false)) {
            List<Integer> numbers =
                    engine.getBackupInfo().stream().map(BackupInfo::backupId).toList();
            if (!numbers.contains(number)) {
                throw errors.noBackup(number, numbers);
            }
            engine.restoreDbFromBackup(number, temporary.toString(), temporary.toString(), clean);
        } catch (RocksDBException | RuntimeException e) {
            remove(temporary);
            throw e;
        }
    }

    private static BackupEngineOptions options(Path folder) {
        return new BackupEngineOptions(folder.toString())
                .setShareTableFiles(true)
                .setSync(true);
    }

    private static void requireOwn(RocksDbErrors errors, Path folder) throws IOException {
        if (!Files.exists(folder)) {
            Files.createDirectory(folder);
            return;
        }
        if (Files.isDirectory(folder.resolve(META))) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                throw io(
                        errors.directory(),
                        "the backup folder " + folder + " holds something else than backups; name an empty one",
                        null);
            }
        }
    }

    private static long lengthOfFiles(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            long bytes = 0;
            for (Path file : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                bytes += Files.size(file);
            }
            return bytes;
        }
    }

    private static void force(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                forceOne(path);
            }
        }
    }

    private static void forceOne(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static EngineException.Io io(Path directory, String problem, @Nullable IOException cause) {
        return new EngineException.Io(RocksDbEngineProvider.ID, directory, problem, cause);
    }
}
