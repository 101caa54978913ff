package io.quorumark.engine.memory;

import io.quorumark.engine.Ability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The user's 256-bit key. It encrypts nothing itself: each file has a key of its own, HMAC-SHA-256 of the file's random salt under this
 * key, so that numbers counted up from 0 within a file are nonces that never repeat under one key.
 */
final class EncryptionKey {
    static final int SALT_BYTES = 32;
    private static final int KEY_BYTES = 32;
    private static final String MAC = "HmacSHA256";
    private static final int CHECK_BYTES = 16;

    private final Encryption encryption;
    private final byte[] master;
    private final SecureRandom random = new SecureRandom();

    private EncryptionKey(Encryption encryption, byte[] master) {
        this.encryption = encryption;
        this.master = master;
    }

    /**
     * Reads the key file.
     *
     * @return null if nothing is encrypted
     * @throws EngineException.InvalidOption a key file is given without encryption or the other way round, or holds no key
     */
    static @Nullable EncryptionKey read(EngineConfig config, Encryption encryption, String keyFile) {
        if (encryption == Encryption.NONE) {
            if (!keyFile.isEmpty()) {
                throw invalid(
                        config,
                        "is '" + keyFile + "', but option " + Ability.ENCRYPTION_OPTION
                                + " is none; choose an encryption, or leave the key out");
            }
            return null;
        }
        if (keyFile.isEmpty()) {
            throw invalid(config, "is missing; name a file with 64 hexadecimal digits");
        }
        try {
            byte[] master = HexFormat.of()
                    .parseHex(Files.readString(Path.of(keyFile), StandardCharsets.US_ASCII)
                            .strip());
            if (master.length != KEY_BYTES) {
                throw invalid(
                        config,
                        "is '" + keyFile + "', which holds a key of " + 8 * master.length
                                + " bits, expected 256 (64 hexadecimal digits)");
            }
            return new EncryptionKey(encryption, master);
        } catch (IOException e) {
            throw invalid(config, "is '" + keyFile + "', which cannot be read (" + e + "); check path and permissions");
        } catch (IllegalArgumentException e) {
            throw invalid(config, "is '" + keyFile + "', which holds something else than 64 hexadecimal digits");
        }
    }

    private static EngineException.InvalidOption invalid(EngineConfig config, String problem) {
        return new EngineException.InvalidOption(
                MemoryEngineProvider.ID,
                config.directory(),
                "option " + Ability.ENCRYPTION_KEY_FILE_OPTION + " " + problem);
    }

    Encryption encryption() {
        return encryption;
    }

    /** The beginning of a new file. */
    byte[] newSalt() {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return salt;
    }

    /** What encrypts and decrypts the file with that salt. */
    FileCipher cipherOf(byte[] salt) {
        return new FileCipher(encryption, hmac("file", salt));
    }

    /** A value that tells this key from others without giving it away. */
    String check(byte[] salt) {
        return HexFormat.of().formatHex(Arrays.copyOf(hmac("check", salt), CHECK_BYTES));
    }

    private byte[] hmac(String purpose, byte[] salt) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(master, MAC));
            mac.update(purpose.getBytes(StandardCharsets.US_ASCII));
            return mac.doFinal(salt);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no " + MAC, e);
        }
    }
}
