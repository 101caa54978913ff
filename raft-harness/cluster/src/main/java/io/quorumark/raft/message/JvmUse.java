package io.quorumark.raft.message;

import com.sun.management.ThreadMXBean;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/**
 * What a JVM has used since it started; subtract two of them for a window.
 *
 * @param allocatedBytes of the heap, by the threads that live now
 * @param gcMillis in collections that stop the world
 * @param gcCount collections
 * @param compilationMillis of the JIT compiler
 */
public record JvmUse(long allocatedBytes, long gcMillis, long gcCount, long compilationMillis) {
    public static final JvmUse NONE = new JvmUse(0, 0, 0, 0);

    /** Of the JVM that asks. */
    public static JvmUse now() {
        long gcMillis = 0;
        long gcCount = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            gcMillis += collector.getCollectionTime();
            gcCount += collector.getCollectionCount();
        }
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        return new JvmUse(
                allocatedByAllThreads(), gcMillis, gcCount, compiler == null ? 0 : compiler.getTotalCompilationTime());
    }

    private static long allocatedByAllThreads() {
        ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        long total = 0;
        for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
            total += Math.max(0, bytes);
        }
        return total;
    }

    public JvmUse plus(JvmUse other) {
        return new JvmUse(
                allocatedBytes + other.allocatedBytes,
                gcMillis + other.gcMillis,
                gcCount + other.gcCount,
                compilationMillis + other.compilationMillis);
    }

    public JvmUse since(JvmUse earlier) {
        return new JvmUse(
                allocatedBytes - earlier.allocatedBytes,
                gcMillis - earlier.gcMillis,
                gcCount - earlier.gcCount,
                compilationMillis - earlier.compilationMillis);
    }

    void writeTo(DataOutputStream out) throws IOException {
        out.writeLong(allocatedBytes);
        out.writeLong(gcMillis);
        out.writeLong(gcCount);
        out.writeLong(compilationMillis);
    }

    static JvmUse readFrom(DataInputStream in) throws IOException {
        return new JvmUse(in.readLong(), in.readLong(), in.readLong(), in.readLong());
    }
}
