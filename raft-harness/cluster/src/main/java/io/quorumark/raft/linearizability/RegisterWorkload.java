package io.quorumark.raft.linearizability;

import io.quorumark.raft.command.CommandEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that read and write a few records of a group, from start to stop, and record what they asked and were told. They go on whatever
 * happens to the group.
 *
 * <p>Thread-safe. One thread of its own issues the operations; answers come on the group's threads.
 */
public final class RegisterWorkload implements AutoCloseable {
    private final ScheduledExecutorService pacing = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "checked-clients");
        thread.setDaemon(true);
        return thread;
    });
    private final HistoryRecorder recorder = new HistoryRecorder(System::nanoTime);
    private final List<RegisterClient> clients = new ArrayList<>();

    private RegisterWorkload() {}

    /**
     * Starts the clients.
     *
     * @param stores the ways into the group; clients take turns with them
     */
    public static RegisterWorkload start(RegisterWorkloadSpec spec, List<RegisterStore> stores) {
        if (stores.isEmpty()) {
            throw new IllegalArgumentException("stores is empty, expected one way into the group at least");
        }
        RegisterWorkload workload = new RegisterWorkload();
        AtomicLong values = new AtomicLong();
        for (int i = 0; i < spec.clients(); i++) {
            RegisterStore store = stores.get(i % stores.size());
            workload.clients.add(new RegisterClient(i, spec, store, workload.recorder, values, workload.pacing));
        }
        workload.clients.forEach(RegisterClient::nextLater);
        return workload;
    }

    /** How many operations ended with an answer so far; rises while the group serves anybody. */
    public long answered() {
        return clients.stream().mapToLong(RegisterClient::answered).sum();
    }

    /**
     * Stops the clients and waits for their last answers.
     *
     * @param patience how long; what is still on its way then has an unknown outcome
     */
    public History stop(Duration patience) {
        clients.forEach(RegisterClient::stop);
        long deadlineNanos = System.nanoTime() + patience.toNanos();
        boolean interrupted = false;
        for (RegisterClient client : clients) {
            interrupted |= !client.awaitIdle(deadlineNanos);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        close();
        return recorder.history();
    }

    /** Stops the clients without waiting. A second close does nothing. */
    @Override
    public void close() {
        clients.forEach(RegisterClient::stop);
        pacing.shutdownNow();
    }

    static byte[] key(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] put(String name, long value) {
        return CommandEncoder.put(key(name), key(name).length, bytes(value), Long.BYTES);
    }

    static byte[] compareAndSet(String name, long expected, long value) {
        return CommandEncoder.compareAndSet(key(name), key(name).length, expected, bytes(value), Long.BYTES);
    }

    static byte[] delete(String name) {
        return CommandEncoder.delete(key(name), key(name).length);
    }

    private static byte[] bytes(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }
}
