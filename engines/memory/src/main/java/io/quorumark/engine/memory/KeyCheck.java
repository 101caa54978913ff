package io.quorumark.engine.memory;

import io.quorumark.engine.Ability;
import io.quorumark.engine.EngineException;
import java.nio.file.Path;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The line of a folder's format file that says how it is encrypted: {@code encryption=<name> salt=<hex> check=<hex>}, or {@link #PLAIN}.
 */
final class KeyCheck {
    static final String PLAIN = "encryption=none";
    private static final String REMEDY = "; give option " + Ability.ENCRYPTION_KEY_FILE_OPTION
            + " the file with the key that the folder was made with";

    private KeyCheck() {}

    /** Of a new folder. */
    static String line(@Nullable EncryptionKey key) {
        if (key == null) {
            return PLAIN;
        }
        byte[] salt = key.newSalt();
        return "encryption=" + key.encryption().option() + " salt="
                + HexFormat.of().formatHex(salt) + " check=" + key.check(salt);
    }

    /**
     * Compares a folder's line with the key that it is opened with.
     *
     * @throws EngineException.WrongKey they do not go together
     */
    static void check(Path directory, String line, @Nullable EncryptionKey key) {
        if (line.equals(PLAIN)) {
            if (key != null) {
                throw wrong(directory, "the folder is not encrypted, but a key is given; leave the encryption out");
            }
            return;
        }
        String encryption = line.split(" ")[0];
        if (key == null) {
            throw wrong(directory, "the folder has " + encryption + ", but no key is given" + REMEDY);
        }
        if (!encryption.equals("encryption=" + key.encryption().option())) {
            throw wrong(
                    directory,
                    "the folder has " + encryption + ", expected encryption="
                            + key.encryption().option() + "; set option " + Ability.ENCRYPTION_OPTION
                            + " to the folder's");
        }
        if (!line.equals(encryption + " salt=" + saltOf(directory, line) + " check="
                + key.check(HexFormat.of().parseHex(saltOf(directory, line))))) {
            throw wrong(directory, "the key is not the one that the folder was made with" + REMEDY);
        }
    }

    private static String saltOf(Path directory, String line) {
        String[] parts = line.split(" ");
        if (parts.length != 3 || !parts[1].matches("salt=([0-9a-f]{2})+")) {
            throw new EngineException.Corruption(
                    MemoryEngineProvider.ID,
                    directory,
                    LogNames.FORMAT + " has the line '" + line + "', expected encryption, salt and check; restore a"
                            + " checkpoint",
                    null);
        }
        return parts[1].substring("salt=".length());
    }

    private static EngineException.WrongKey wrong(Path directory, String problem) {
        return new EngineException.WrongKey(MemoryEngineProvider.ID, directory, problem, null);
    }
}
