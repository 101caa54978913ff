package io.quorumark.raft.message;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What clients and members of a group with a password authenticate their messages by: HMAC-SHA-256 under a key that is made from the
 * password, which is never sent. Whoever reads a message cannot make another one, but can send the same again. Thread-safe.
 */
public final class MessageKey {
    /** Of an authentication code. */
    static final int CODE_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] PURPOSE = "quorumark client message".getBytes(StandardCharsets.US_ASCII);

    private final ThreadLocal<Mac> macs;

    private MessageKey(byte[] key) {
        this.macs = ThreadLocal.withInitial(() -> macOf(key));
    }

    /**
     * The key of one password.
     *
     * @param password as the user writes it
     */
    public static MessageKey of(String password) {
        if (password.isEmpty()) {
            throw new IllegalArgumentException("password is empty, expected at least one character");
        }
        return new MessageKey(macOf(password.getBytes(StandardCharsets.UTF_8)).doFinal(PURPOSE));
    }

    private static Mac macOf(byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (InvalidKeyException e) {
            throw new IllegalArgumentException(
                    "key of " + key.length + " bytes is refused, expected one byte or more", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /** The code of all that a request says. */
    byte[] code(ClientRequest request) {
        Mac mac = macs.get();
        mac.update(request.head());
        return mac.doFinal(request.body());
    }

    /** Whether who sent a request knows the password. Takes as long for a wrong code as for the right one. */
    public boolean authenticates(ClientRequest request) {
        return MessageDigest.isEqual(code(request), request.code());
    }
}
