package io.quorumark.app.trial;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A file system in memory, small enough to be filled. Only root can mount one: elsewhere the test that wants it is skipped, and says so. */
public record SmallDevice(Path path) implements AutoCloseable {
    public static SmallDevice mountAt(Path absent, int mebibytes) throws IOException, InterruptedException {
        Files.createDirectory(absent);
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", absent.toString());
        assumeTrue(mounted, "a small file system cannot be mounted here: that takes root and the command mount");
        return new SmallDevice(absent);
    }

    @Override
    public void close() throws IOException {
        try {
            if (!run("umount", path.toString())) {
                throw new IOException(path + " cannot be unmounted; something in it is still open");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(path + " stays mounted, as its test was interrupted");
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
