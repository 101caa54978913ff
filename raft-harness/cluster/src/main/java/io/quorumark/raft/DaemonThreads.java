package io.quorumark.raft;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes threads that are named by a common beginning and a number, from 0 on, and that keep no JVM alive. Thread-safe. */
final class DaemonThreads implements ThreadFactory {
    private final String beginning;
    private final AtomicInteger made = new AtomicInteger();

    DaemonThreads(String beginning) {
        this.beginning = beginning;
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(task, beginning + made.getAndIncrement());
        thread.setDaemon(true);
        return thread;
    }
}
