package io.quorumark.door;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a client must show to be let in. Kept as its digest, so that a comparison takes the same time whatever is shown, its length
 * included.
 */
public final class Password {
    private static final int LONGEST_BYTES = 512;
    private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final byte[] digest;

    private Password(byte[] digest) {
        this.digest = digest;
    }

    /** @param password copied in digested form; not empty */
    public static Password of(String password) {
        if (password.isEmpty()) {
            throw new IllegalArgumentException("password is empty, expected at least one character");
        }
        return new Password(digest(password.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * The first line of a file.
     *
     * @throws DoorException the file cannot be read, others than its owner may read or write it, or its first line is empty or longer
     *     than 512 bytes
     */
    public static Password read(Path file) {
        try {
            Set<PosixFilePermission> open = permissions(file);
            open.retainAll(OF_OTHERS);
            if (!open.isEmpty()) {
                throw new DoorException(
                        "password file '" + file + "' may be read or written by others than its owner; run chmod 600 '"
                                + file + "'",
                        null);
            }
            String line = Files.readString(file).lines().findFirst().orElse("");
            int bytes = line.getBytes(StandardCharsets.UTF_8).length;
            if (bytes == 0 || bytes > LONGEST_BYTES) {
                throw new DoorException(
                        "password file '" + file + "' has a first line of " + bytes + " bytes, expected 1 to "
                                + LONGEST_BYTES,
                        null);
            }
            return of(line);
        } catch (IOException e) {
            throw new DoorException(
                    "password file '" + file + "' cannot be read ("
                            + e.getClass().getSimpleName() + "); expected a text file whose first line is the password",
                    e);
        }
    }

    /** None on file systems that know no owners. */
    private static Set<PosixFilePermission> permissions(Path file) throws IOException {
        return Files.getFileStore(file).supportsFileAttributeView("posix")
                ? EnumSet.copyOf(withOwner(Files.getPosixFilePermissions(file)))
                : EnumSet.noneOf(PosixFilePermission.class);
    }

    private static Set<PosixFilePermission> withOwner(Set<PosixFilePermission> found) {
        Set<PosixFilePermission> all = EnumSet.of(PosixFilePermission.OWNER_READ);
        all.addAll(found);
        return all;
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
