package io.quorumark.engine.memory;

import io.quorumark.engine.EngineException;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.support.ClaimedFolder;
import io.quorumark.engine.support.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The folder an engine is opened in: claimed, and known by its format file to be one of this engine's. */
final class HeldFolder {
    private static final String FORMAT_VERSION = "quorumark-memory 1";

    private HeldFolder() {}

    /**
     * Makes the folder if it is absent, and claims it.
     *
     * @throws EngineException.Locked it is open already
     * @throws EngineException.Corruption it holds something else, or was made with other keyspaces
     * @throws EngineException.WrongKey it is encrypted otherwise
     * @throws EngineException.Io it cannot be made, read or written
     */
    static ClaimedFolder claim(Path directory, List<Keyspace> keyspaces, @Nullable EncryptionKey key) {
        return ClaimedFolder.claim(
                MemoryEngineProvider.ID,
                directory,
                LogNames.LOCK,
                realPath -> checkFormat(directory, realPath, keyspaces, key));
    }

    private static void checkFormat(Path directory, Path real, List<Keyspace> keyspaces, @Nullable EncryptionKey key)
            throws IOException {
        String wanted = format(keyspaces);
        Path format = real.resolve(LogNames.FORMAT);
        if (Files.exists(format)) {
            List<String> lines = Files.readAllLines(format);
            String found = lines.isEmpty() ? "" : lines.get(0);
            if (!found.equals(wanted)) {
                throw new EngineException.Corruption(
                        MemoryEngineProvider.ID,
                        directory,
                        "the folder was made as '" + found + "', expected '" + wanted
                                + "'; open it with the same keyspaces",
                        null);
            }
            KeyCheck.check(directory, lines.size() > 1 ? lines.get(1) : KeyCheck.PLAIN, key);
            return;
        }
        ClaimedFolder.refuseForeignFiles(MemoryEngineProvider.ID, directory, HeldFolder::isOwnLeftover);
        writeFormat(real, wanted, key);
    }

    /** Writes the format file of a new folder. */
    static void writeFormat(Path folder, List<Keyspace> keyspaces, @Nullable EncryptionKey key) throws IOException {
        writeFormat(folder, format(keyspaces), key);
    }

    private static String format(List<Keyspace> keyspaces) {
        return FORMAT_VERSION + keyspaces.stream().map(Keyspace::name).toList();
    }

    private static void writeFormat(Path folder, String wanted, @Nullable EncryptionKey key) throws IOException {
        String lines = wanted + "\n" + KeyCheck.line(key) + "\n";
        WholeFile.write(folder.resolve(LogNames.FORMAT), lines.getBytes(StandardCharsets.UTF_8));
    }

    /** What a first opening that was cut short leaves behind. */
    private static boolean isOwnLeftover(String name) {
        return name.equals(LogNames.LOCK) || name.endsWith(LogNames.TEMPORARY_SUFFIX);
    }
}
