package io.quorumark.results.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Writes files that are either whole or not there. */
public final class AtomicFiles {
    /** Of a file that is being written; removed when a campaign is resumed. */
    static final String TEMPORARY_SUFFIX = ".tmp";

    private static final List<Path> OPEN_FILES =
            List.of(Path.of("/dev/fd"), Path.of("/dev/stdout"), Path.of("/dev/stderr"), Path.of("/proc"));

    private AtomicFiles() {}

    /**
     * Replaces a file, or the one that a link leads to. Durable on return; if it throws, the old file, or none, is still there. What
     * {@linkplain #isStream is a stream} is not replaced but written to.
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

    /** Whether what is written there goes on to somebody: to a device, a pipe, or what this process was given open. */
    public static boolean isStream(Path file) {
        return (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file))
                || OPEN_FILES.stream().anyMatch(file.toAbsolutePath().normalize()::startsWith);
    }

    private static void append(Path stream, Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(stream, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            content.writeTo(channel);
        } catch (IOException e) {
            throw new IOException("'" + stream + "' cannot be written: " + reason(e), e);
        }
    }

    private static void replace(Path file, Content content) throws IOException {
        if (isStream(file)) {
            append(file, content);
            return;
        }
        // a link goes on to lead to its file
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path folder = target.getParent();
        if (folder == null) {
            throw new IOException("'" + file + "' is not in a folder");
        }
        if (!Files.isDirectory(folder)) {
            throw new IOException("'" + file + "' cannot be written: there is no folder '" + folder + "'");
        }
        Path temporary = folder.resolve(target.getFileName() + TEMPORARY_SUFFIX);
        try {
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                content.writeTo(channel);
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            forceNames(folder);
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            // whoever asked for the file knows nothing of the temporary one
            throw new IOException("'" + file + "' cannot be written: " + reason(e), e);
        }
    }

    static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        String reason = failure instanceof FileSystemException system ? system.getReason() : failure.getMessage();
        return reason == null ? failure.getClass().getSimpleName() : reason;
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
}
