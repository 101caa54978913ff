package io.quorumark.engine.durability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A file system in memory, small enough to be filled. Only root can mount one. */
record SmallDevice(Path path) implements AutoCloseable {
    private static final int MOUNT_SECONDS = 10;

    /** @return nothing where none can be mounted */
    static Optional<SmallDevice> mountAt(Path absent, int mebibytes) throws IOException, InterruptedException {
        Files.createDirectory(absent);
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", absent.toString());
        return mounted ? Optional.of(new SmallDevice(absent)) : Optional.empty();
    }

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
