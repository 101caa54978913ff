package io.quorumark.endpoint;

import io.quorumark.raft.message.MessageKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What a client must show to be let in. Kept as its digest, so that a comparison takes the same time whatever is shown, its length
 * included.
 */
public final class Password {
    private final byte[] digest;

    private final MessageKey messageKey;

    private Password(byte[] digest, MessageKey messageKey) {
        this.digest = digest;
        this.messageKey = messageKey;
    }

    /** @param password copied in digested form; not empty */
    public static Password of(String password) {
        if (password.isEmpty()) {
            throw new IllegalArgumentException("password is empty, expected at least one character");
        }
        return new Password(digest(password.getBytes(StandardCharsets.UTF_8)), MessageKey.of(password));
    }

    /**
     * From a {@link SecretFile}.
     *
     * @throws EndpointException like {@link SecretFile#read}, or the password begins or ends with a blank
     */
    public static Password read(Path file) {
        String password = SecretFile.read(file);
        if (!password.equals(password.trim())) {
            throw new EndpointException(
                    "password file '" + file + "' has a first line that begins or ends with a blank, which HTTP takes"
                            + " away from what a client shows; expected a password without",
                    null);
        }
        return of(password);
    }

    /** What authenticates the messages of clients and members that know this password. */
    public MessageKey messageKey() {
        return messageKey;
    }

    /** Whether this is the password. Takes as long for any other of the same length. */
    boolean matches(byte[] shown) {
        return MessageDigest.isEqual(digest, digest(shown));
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
