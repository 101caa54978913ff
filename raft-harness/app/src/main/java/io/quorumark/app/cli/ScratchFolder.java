package io.quorumark.app.cli;

import io.quorumark.campaign.Folders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A folder that a command writes to for a while. Whoever closes it removes it. If this process is asked to end before, the thread that made
 * it is interrupted, so that it closes what it has open, this folder among it, and the process waits for that.
 */
final class ScratchFolder implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final Path path;
    private final Thread owner = Thread.currentThread();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread ending = new Thread(this::endOwner, "end-command");

    /** @param path existing */
    ScratchFolder(Path path) {
        this.path = path;
        Runtime.getRuntime().addShutdownHook(ending);
    }

    Path path() {
        return path;
    }

    private void endOwner() {
        owner.interrupt();
        try {
            if (!closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("quorumark: '" + path + "' is still in use and was left; remove it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            Folders.remove(path);
        } finally {
            closed.countDown();
            if (!isEnding()) {
                Runtime.getRuntime().removeShutdownHook(ending);
            }
        }
    }

    /** A JVM that is ending takes no hook back. */
    private boolean isEnding() {
        return ending.getState() != Thread.State.NEW;
    }
}
