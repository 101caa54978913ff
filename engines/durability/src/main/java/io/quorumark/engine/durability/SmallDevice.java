package io.quorumark.engine.durability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A file system in memory, small enough to be filled. Only root can mount one. For one thread at a time. */
public record SmallDevice(Path path) implements AutoCloseable {
    /** Why there may be none, for the test that is skipped. */
    public static final String NEEDS =
            "a small file system cannot be mounted here: that takes root and the command mount";

    private static final int MOUNT_SECONDS = 60;

    /** @return nothing if none can be mounted */
    public static Optional<SmallDevice> mountAt(Path absent, int mebibytes) throws IOException, InterruptedException {
        return mountAt(absent, mebibytes, "exec");
    }

    /**
     * @param option of mount(8), such as {@code noexec}
     * @return nothing if none can be mounted
     */
    public static Optional<SmallDevice> mountAt(Path absent, int mebibytes, String option)
            throws IOException, InterruptedException {
        Files.createDirectory(absent);
        String options = "size=" + mebibytes + "m," + option;
        boolean mounted = run("mount", "-t", "tmpfs", "-o", options, "tmpfs", absent.toString());
        return mounted ? Optional.of(new SmallDevice(absent)) : Optional.empty();
    }

    /** @throws IOException it cannot be mounted again so */
    public void makeReadOnly() throws IOException, InterruptedException {
        if (!run("mount", "-o", "remount,ro", path.toString())) {
            throw new IOException(path + " cannot be mounted again read-only");
        }
    }

    /** Takes all the room but {@code freeBytes}, until the file that it returns is deleted. */
    public Path fillBut(long freeBytes) throws IOException {
        Path ballast = path.resolve("ballast");
        long bytes = Files.getFileStore(path).getUsableSpace() - freeBytes;
        Files.write(ballast, new byte[Math.toIntExact(bytes)]);
        return ballast;
    }

    /** @throws IOException it stays mounted: something in it is still open, or this thread was interrupted and stays so */
    @Override
    public void close() throws IOException {
        try {
            if (!run("umount", path.toString())) {
                throw new IOException(path + " cannot be unmounted; something in it is still open");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(path + " was left mounted: interrupted", e);
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(MOUNT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException absent) {
            return false;
        }
    }
}
