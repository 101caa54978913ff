package io.quorumark.results.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/** Writes files that are either whole or not there. */
public final class AtomicFiles {
    /** Of a file that is being written; removed when a campaign is resumed. */
    static final String TEMPORARY_SUFFIX = ".tmp";

    private AtomicFiles() {}

    /**
     * Replaces a file, and nothing but what has that path: a link becomes a file, and what it leads to stays as it is. Durable on return;
     * if it throws, the old file, or none, is still there.
     *
     * @param file in an existing folder
     */
    public static void write(Path file, byte[] content) throws IOException {
        replace(file, channel -> {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        });
    }

    /** Replaces a file with the content of another one, of any length; see {@link #write(Path, byte[])}. */
    public static void copy(Path from, Path file) throws IOException {
        replace(file, channel -> {
            try (FileChannel source = FileChannel.open(from, StandardOpenOption.READ)) {
                long length = source.size();
                long done = 0;
                while (done < length) {
                    long copied = source.transferTo(done, length - done, channel);
                    if (copied <= 0) {
                        throw new IOException("'" + from + "' became shorter while it was copied");
                    }
                    done += copied;
                }
            }
        });
    }

    private interface Content {
        void writeTo(FileChannel channel) throws IOException;
    }

    private static void replace(Path file, Content content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("'" + file + "' is not in a folder");
        }
        if (!Files.isDirectory(folder)) {
            throw new IOException("'" + file + "' cannot be written: there is no folder '" + folder + "'");
        }
        // a name that nothing else has: neither a file of somebody's, nor the one that another process is writing
        String unique = Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), Character.MAX_RADIX);
        Path temporary = folder.resolve(file.getFileName() + "." + unique + TEMPORARY_SUFFIX);
        try {
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                content.writeTo(channel);
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            forceNames(folder);
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            // whoever asked for the file knows nothing of the temporary one
            throw new IOException("'" + file + "' cannot be written: " + reason(e), e);
        }
    }

    /** Why an operation on a file failed, in words that follow a colon. */
    public static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "it is missing, or a link that leads nowhere";
        }
        if (failure instanceof NotDirectoryException) {
            return "it is no folder";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "there is something else of that name";
        }
        if (failure instanceof CharacterCodingException) {
            return "it is not UTF-8 text";
        }
        String reason = failure instanceof FileSystemException system ? system.getReason() : failure.getMessage();
        return reason == null ? "the system gives no reason" : reason;
    }

    /** Makes the names of a folder's files survive power loss. */
    public static void forceNames(Path folder) throws IOException {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    /** Replaces a file with UTF-8 text; see {@link #write(Path, byte[])}. */
    public static void write(Path file, String content) throws IOException {
        write(file, content.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Writes UTF-8 text where an option asks for it: replaces a file, or goes on to write to what {@linkplain Streams#isStream is a
     * stream}.
     *
     * @param file without links that have to be followed
     */
    public static void writeOutput(Path file, String content) throws IOException {
        if (Streams.isStream(file)) {
            Streams.append(file, content.getBytes(StandardCharsets.UTF_8));
        } else {
            write(file, content);
        }
    }
}
