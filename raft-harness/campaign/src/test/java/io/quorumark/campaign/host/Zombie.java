package io.quorumark.campaign.host;

import io.quorumark.campaign.support.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A process that was killed and whose parent does not ask how it ended. Goes away with its parent, when this is closed.
 */
public final class Zombie implements AutoCloseable {
    private final Process parent;
    private final long pid;

    private Zombie(Process parent, long pid) {
        this.parent = parent;
        this.pid = pid;
    }

    public static Zombie make() throws IOException, InterruptedException {
        // the shell becomes a program that knows nothing of the child that it was given
        Process parent = new ProcessBuilder("sh", "-c", "sleep 300 & echo $!; exec sleep 300").start();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8));
        long pid = Long.parseLong(lines.readLine());
        // before it has become that program, the shell would ask how its child ended
        Await.until(
                "the shell is a program without children",
                TimeUnit.SECONDS.toNanos(20),
                () -> comm(parent).equals("sleep"));
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        Await.until("the child is a zombie", TimeUnit.SECONDS.toNanos(20), () -> ProcessState.of(pid) == 'Z');
        return new Zombie(parent, pid);
    }

    private static String comm(Process process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/comm")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        return pid;
    }

    @Override
    public void close() {
        parent.destroyForcibly();
    }
}
