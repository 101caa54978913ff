package io.quorumark.engine.lmdb;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A file system in memory, small enough to be filled. Only root can mount one: elsewhere the test that wants it is skipped, and says so. */
record SmallDevice(Path path) implements AutoCloseable {
    static SmallDevice mountAt(Path absent, int mebibytes) throws IOException {
        Files.createDirectory(absent);
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", absent.toString());
        assumeTrue(mounted, "a small file system cannot be mounted here: that takes root and the command mount");
        return new SmallDevice(absent);
    }

    void makeReadOnly() throws IOException {
        if (!run("mount", "-o", "remount,ro", path.toString())) {
            throw new IOException(path + " cannot be mounted again read-only");
        }
    }

    /** Takes all the room but {@code freeBytes}, until the answer is deleted. */
    Path fillBut(long freeBytes) throws IOException {
        Path ballast = path.resolve("ballast");
        long bytes = Files.getFileStore(path).getUsableSpace() - freeBytes;
        Files.write(ballast, new byte[Math.toIntExact(bytes)]);
        return ballast;
    }

    @Override
    public void close() throws IOException {
        if (!run("umount", path.toString())) {
            throw new IOException(path + " cannot be unmounted; something in it is still open");
        }
    }

    private static boolean run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
