package io.quorumark.engine.memory;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Encrypts and decrypts pieces of one file, each under a number that is used once. For one thread at a time. */
final class FileCipher {
    /** What a piece grows by. */
    static final int TAG_BYTES = 16;

    private static final int NONCE_BYTES = 12;

    private final Encryption encryption;
    private final SecretKeySpec key;
    private final Cipher cipher;

    FileCipher(Encryption encryption, byte[] key) {
        this.encryption = encryption;
        this.key = new SecretKeySpec(key, encryption.keyAlgorithm());
        try {
            this.cipher = Cipher.getInstance(encryption.transformation());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no " + encryption.transformation(), e);
        }
    }

    /** @return how many bytes were put into {@code out}: {@code length + TAG_BYTES} */
    int seal(long number, byte[] in, int offset, int length, byte[] out, int outOffset) {
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, nonce(number));
            return cipher.doFinal(in, offset, length, out, outOffset);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot encrypt " + length + " bytes: " + e.getMessage(), e);
        }
    }

    /**
     * Decrypts a sealed piece.
     *
     * @throws AEADBadTagException it is not what was sealed under this number
     */
    byte[] open(long number, byte[] in, int offset, int length) throws AEADBadTagException {
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, nonce(number));
            return cipher.doFinal(in, offset, length);
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot decrypt " + length + " bytes: " + e.getMessage(), e);
        }
    }

    private AlgorithmParameterSpec nonce(long number) {
        byte[] nonce =
                ByteBuffer.allocate(NONCE_BYTES).putInt(0).putLong(number).array();
        return encryption == Encryption.AES_GCM
                ? new GCMParameterSpec(8 * TAG_BYTES, nonce)
                : new IvParameterSpec(nonce);
    }
}
