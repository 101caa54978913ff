package io.quorumark.endpoint;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** A file whose first line is a secret, such as a password: nobody but its owner may read or write it. */
public final class SecretFile {
    private static final int LONGEST_BYTES = 512;
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private SecretFile() {}

    /**
     * The secret. A byte order mark before it is skipped.
     *
     * @throws EndpointException the file cannot be read, others than its owner may read or write it, or its first line is empty or longer
     *     than 512 bytes
     */
    public static String read(Path file) {
        try {
            if (isOpenToOthers(file)) {
                throw new EndpointException(
                        "password file '" + file + "' may be read or written by others than its owner; run chmod 600 '"
                                + file + "'",
                        null);
            }
            String text = Files.readString(file);
            String line = (text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text)
                    .lines()
                    .findFirst()
                    .orElse("");
            int bytes = line.getBytes(StandardCharsets.UTF_8).length;
            if (bytes == 0 || bytes > LONGEST_BYTES) {
                throw new EndpointException(
                        "password file '" + file + "' has a first line of " + bytes + " bytes, expected 1 to "
                                + LONGEST_BYTES,
                        null);
            }
            return line;
        } catch (IOException e) {
            throw new EndpointException(
                    "password file '" + file + "' cannot be read (" + reason(e)
                            + "); expected a text file whose first line is the password",
                    e);
        }
    }

    private static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "it is missing, or a link that leads nowhere";
        }
        if (failure instanceof CharacterCodingException) {
            return "it is not UTF-8 text";
        }
        String reason = failure instanceof FileSystemException system ? system.getReason() : failure.getMessage();
        return reason == null ? "the system gives no reason" : reason;
    }

    /** Never on file systems that know no owners. */
    private static boolean isOpenToOthers(Path file) throws IOException {
        return Files.getFileStore(file).supportsFileAttributeView("posix")
                && Files.getPosixFilePermissions(file).stream().anyMatch(OF_OTHERS::contains);
    }
}
