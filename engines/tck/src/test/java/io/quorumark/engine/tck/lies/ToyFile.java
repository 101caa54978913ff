package io.quorumark.engine.tck.lies;

import io.quorumark.engine.EngineException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** The toy's one file: a header with the keyspaces, then commits, each with length and checksum. */
final class ToyFile implements AutoCloseable {
    private static final int PREFIX_BYTES = 12;
    /** Of the file, so much is mapped beyond what it holds, and again when that is full: every page costs time to compare and to read. */
    private static final int MAPPED_BYTES = 2 << 20;

    private static final int LEAST_FREE_BYTES = 1 << 20;

    private final Path path;
    private final Lie lie;
    private RandomAccessFile file;
    private final @Nullable FileLock lock;
    private final LongAdder syncs = new LongAdder();
    private byte @Nullable [] held;
    private final ByteArrayOutputStream late = new ByteArrayOutputStream();
    private long commits;
    private boolean wasDamaged;
    private @Nullable MappedByteBuffer mapping;

    private ToyFile(Path path, Lie lie, RandomAccessFile file, @Nullable FileLock lock) {
        this.path = path;
        this.lie = lie;
        this.file = file;
        this.lock = lock;
    }

    static ToyFile open(Path directory, Lie lie, Consumer<List<ToyChange>> commits) {
        try {
            Path path = directory.resolve("toy.log");
            if (!Files.exists(directory)) {
                Files.createDirectory(directory);
            }
            if (!Files.exists(path) && directory.toFile().list().length > 0) {
                throw new EngineException.Corruption(
                        ToyProvider.ID, directory, "holds something else; open an empty folder", null);
            }
            if (lie == Lie.NO_OPENING_WHEN_INTERRUPTED && Thread.currentThread().isInterrupted()) {
                throw new IOException("interrupted");
            }
            if (lie == Lie.FULL_DEVICE_AS_DAMAGE
                    && Files.getFileStore(directory).getUsableSpace() < LEAST_FREE_BYTES) {
                throw new EngineException.Corruption(
                        ToyProvider.ID, directory, "cannot be read; restore a checkpoint", null);
            }
            RandomAccessFile log = new RandomAccessFile(path.toFile(), "rw");
            FileLock lock = lie == Lie.NO_LOCK ? null : lockOf(directory);
            ToyFile file = new ToyFile(path, lie, log, lock);
            file.replay(commits);
            if (lie == Lie.LEAKED_DESCRIPTORS) {
                Leak.KEPT.add(FileChannel.open(path, StandardOpenOption.READ));
            }
            return file;
        } catch (IOException e) {
            throw new EngineException.Io(ToyProvider.ID, directory, "cannot be opened (" + e + "); check it", e);
        }
    }

    /** Where leaked descriptors are kept from the collector. */
    private static final class Leak {
        static final List<FileChannel> KEPT = new ArrayList<>();
    }

    /** On a file of its own: closing any other descriptor of a locked file would drop the lock. */
    private static FileLock lockOf(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve("toy.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new EngineException.Locked(ToyProvider.ID, directory, "is open already; close it first", e);
        }
        channel.close();
        throw new EngineException.Locked(ToyProvider.ID, directory, "is open already; close it first", null);
    }

    private void replay(Consumer<List<ToyChange>> commits) throws IOException {
        byte[] all = Files.readAllBytes(path);
        int at = 0;
        while (at + PREFIX_BYTES <= all.length) {
            ByteBuffer prefix = ByteBuffer.wrap(all, at, PREFIX_BYTES);
            int length = prefix.getInt();
            long checksum = prefix.getLong();
            if (length <= 0 || length > all.length - at - PREFIX_BYTES) {
                break;
            }
            CRC32 crc = new CRC32();
            crc.update(all, at + PREFIX_BYTES, length);
            if (crc.getValue() != checksum) {
                if (lie == Lie.UNTYPED_DAMAGE) {
                    throw new IllegalStateException("checksum");
                }
                break;
            }
            commits.accept(decode(new ByteArrayInputStream(all, at + PREFIX_BYTES, length)));
            at += PREFIX_BYTES + length;
        }
        wasDamaged = at < all.length;
        file.setLength(at);
        file.seek(at);
        if (lie.isMapped()) {
            mapping = mapped(at, MAPPED_BYTES);
        }
    }

    /** All of the file up to {@code position}, and {@code more} bytes; the file grows to that. */
    private MappedByteBuffer mapped(int position, int more) throws IOException {
        return file.getChannel()
                .map(FileChannel.MapMode.READ_WRITE, 0, position + more)
                .position(position);
    }

    private static List<ToyChange> decode(ByteArrayInputStream bytes) throws IOException {
        List<ToyChange> changes = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(bytes)) {
            while (in.available() > 0) {
                changes.add(ToyChange.readFrom(in));
            }
        } catch (EOFException e) {
            throw new IOException("a commit ends too early", e);
        }
        return changes;
    }

    /** Whether the file has no name any more: what is written to it would be gone with the process. */
    boolean isGone() {
        return !Files.exists(path);
    }

    /** Whether something was cut off when the file was opened. */
    boolean wasDamaged() {
        return wasDamaged;
    }

    void append(List<ToyChange> changes) {
        if (isGone()) {
            throw new EngineException.Io(ToyProvider.ID, path, "is gone; close the engine", null);
        }
        try {
            byte[] record = encode(changes);
            if (lie == Lie.ACKNOWLEDGES_EARLY || lie == Lie.LOST_LAST_WRITE) {
                byte[] before = held;
                held = record;
                record = before == null ? new byte[0] : before;
            }
            commits++;
            if (isHeld()) {
                late.write(record);
            } else {
                write(late.toByteArray());
                late.reset();
                write(record);
            }
        } catch (IOException e) {
            throw new EngineException.Full(ToyProvider.ID, path, "cannot be written (" + e + "); make room", e);
        }
    }

    private static byte[] encode(List<ToyChange> changes) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        for (ToyChange change : changes) {
            change.writeTo(out);
        }
        CRC32 crc = new CRC32();
        crc.update(body.toByteArray());
        return ByteBuffer.allocate(PREFIX_BYTES + body.size())
                .putInt(body.size())
                .putLong(crc.getValue())
                .put(body.toByteArray())
                .array();
    }

    /** Into a new file that holds nothing but one commit of these changes, which then has the name. */
    void replace(List<ToyChange> changes) {
        try {
            Path fresh = path.resolveSibling("toy.log.new");
            try (FileOutputStream out = new FileOutputStream(fresh.toFile())) {
                if (!changes.isEmpty()) {
                    out.write(encode(changes));
                }
                out.getFD().sync();
            }
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
            late.reset();
            held = null;
            file.close();
            file = new RandomAccessFile(path.toFile(), "rw");
            file.seek(file.length());
        } catch (IOException e) {
            throw new EngineException.Io(ToyProvider.ID, path, "cannot be replaced (" + e + "); make room", e);
        }
    }

    /** Whether this commit waits in memory for a later one. */
    private boolean isHeld() throws IOException {
        switch (lie) {
            case HOLDS_ONE_IN_33 -> {
                return commits % 33 == 0;
            }
            case LOSES_BEFORE_ROLLOVER -> {
                if (commits % 33 == 0) {
                    rewrite();
                    return true;
                }
                return false;
            }
            case LOSES_WHILE_COMPACTING -> {
                if (commits % 100 == 50) {
                    rewrite();
                }
                return commits % 100 >= 50 && commits % 100 < 53;
            }
            default -> {
                return false;
            }
        }
    }

    /** Into a new file of the same content, which then has the name. */
    private void rewrite() throws IOException {
        Path fresh = path.resolveSibling("toy.log.new");
        Files.copy(path, fresh, StandardCopyOption.REPLACE_EXISTING);
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
        file.close();
        file = new RandomAccessFile(path.toFile(), "rw");
        file.seek(file.length());
    }

    private void write(byte[] record) throws IOException {
        if (mapping != null) {
            // A page that finds no room would be the end of the process.
            if (Files.getFileStore(path).getUsableSpace() < LEAST_FREE_BYTES) {
                throw new IOException("less than " + LEAST_FREE_BYTES + " bytes free");
            }
            if (mapping.remaining() < record.length) {
                mapping = mapped(mapping.position(), record.length + MAPPED_BYTES);
            }
            mapping.put(record);
        } else if (lie == Lie.DIES_OF_INTERRUPT || lie == Lie.DIES_OF_INTERRUPTS_WHILE_WRITING) {
            int unused = file.getChannel().write(ByteBuffer.wrap(record));
        } else {
            file.write(record);
        }
    }

    void force() {
        try {
            if (mapping != null) {
                mapping.force();
            } else {
                file.getFD().sync();
            }
            syncs.increment();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long syncs() {
        return syncs.sum();
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            write(late.toByteArray());
            byte[] left = held;
            if (lie == Lie.ACKNOWLEDGES_EARLY && left != null) {
                write(left);
            }
            if (lock != null) {
                lock.acquiredBy().close();
            }
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
