package io.quorumark.campaign.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Processor time of every thread of a process, native ones included, as the scheduler counts it. A thread is known by its kernel name,
 * which for Java threads is the first fifteen characters of their own.
 */
public final class ThreadTimes {
    private final Map<String, OneThread> byId;

    private record OneThread(String name, long nanos) {}

    private ThreadTimes(Map<String, OneThread> byId) {
        this.byId = byId;
    }

    /** Of no thread. */
    public static ThreadTimes none() {
        return new ThreadTimes(Map.of());
    }

    /** Of the threads that live now; of none, if the system does not tell. */
    public static ThreadTimes now() throws IOException {
        return of(Path.of("/proc/self/task"));
    }

    static ThreadTimes of(Path tasks) throws IOException {
        Map<String, OneThread> byId = new HashMap<>();
        if (Files.isDirectory(tasks)) {
            try (Stream<Path> threads = Files.list(tasks)) {
                for (Path thread : (Iterable<Path>) threads::iterator) {
                    add(thread, byId);
                }
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }
        return new ThreadTimes(byId);
    }

    private static void add(Path thread, Map<String, OneThread> byId) throws IOException {
        try {
            String name = Files.readString(thread.resolve("comm")).strip();
            String scheduled = Files.readString(thread.resolve("schedstat"));
            long nanos = Long.parseLong(scheduled.substring(0, scheduled.indexOf(' ')));
            byId.put(thread.getFileName().toString(), new OneThread(name, nanos));
        } catch (NoSuchFileException e) {
            // It ended meanwhile, or this kernel keeps no such statistics.
            return;
        } catch (IOException e) {
            // What the kernel answers about a thread that ends while it is read: ESRCH.
            if (Files.exists(thread.resolve("schedstat"))) {
                throw e;
            }
        }
    }

    /** With the threads of another process on this machine, if numbers of threads are as different as those of processes. */
    ThreadTimes and(ThreadTimes other) {
        Map<String, OneThread> both = new HashMap<>(byId);
        both.putAll(other.byId);
        return new ThreadTimes(both);
    }

    /** Processor nanoseconds since {@code earlier}, by thread name, of threads that live still. */
    public Map<String, Long> since(ThreadTimes earlier) {
        Map<String, Long> nanos = new TreeMap<>();
        byId.forEach((id, thread) -> {
            OneThread before = earlier.byId.get(id);
            // A number may have been given to another thread.
            long spent = before == null || before.nanos > thread.nanos ? thread.nanos : thread.nanos - before.nanos;
            nanos.merge(thread.name, spent, Long::sum);
        });
        return nanos;
    }
}
