package io.quorumark.raft.message;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The engines under one member, what they say of themselves, and the process they run in.
 *
 * @param log under its log
 * @param state under its state
 * @param process the member's
 * @param jvm what that process's JVM has used
 */
public record MemberFigures(Store log, Store state, ProcessPlace process, JvmUse jvm) {
    /**
     * @param engine the provider's id
     * @param durability the level of every commit
     * @param memoryBudgetBytes that it was opened with
     * @param options the settings in force, read back from the engine
     * @param stats its figures at that moment, {@code name [unit]} to value
     */
    public record Store(
            String engine,
            String durability,
            long memoryBudgetBytes,
            Map<String, String> options,
            Map<String, Double> stats) {
        public Store {
            options = Map.copyOf(options);
            stats = Map.copyOf(stats);
        }
    }

    public byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, log);
            write(out, state);
            process.writeTo(out);
            jvm.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, Store store) throws IOException {
        out.writeUTF(store.engine);
        out.writeUTF(store.durability);
        out.writeLong(store.memoryBudgetBytes);
        out.writeInt(store.options.size());
        for (Map.Entry<String, String> option : store.options.entrySet()) {
            out.writeUTF(option.getKey());
            out.writeUTF(option.getValue());
        }
        out.writeInt(store.stats.size());
        for (Map.Entry<String, Double> stat : store.stats.entrySet()) {
            out.writeUTF(stat.getKey());
            out.writeDouble(stat.getValue());
        }
    }

    /** @throws IllegalArgumentException the bytes are no figures */
    public static MemberFigures decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return new MemberFigures(read(in), read(in), ProcessPlace.readFrom(in), JvmUse.readFrom(in));
        } catch (IOException e) {
            throw new IllegalArgumentException("figures of " + bytes.length + " bytes are malformed", e);
        }
    }

    private static Store read(DataInputStream in) throws IOException {
        String engine = in.readUTF();
        String durability = in.readUTF();
        long memoryBudgetBytes = in.readLong();
        Map<String, String> options = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            options.put(in.readUTF(), in.readUTF());
        }
        Map<String, Double> stats = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            stats.put(in.readUTF(), in.readDouble());
        }
        return new Store(engine, durability, memoryBudgetBytes, options, stats);
    }
}
