package io.quorumark.engine.bridge;

import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.Keyspace;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What {@code qm_open} reads. */
final class ConfigText {
    private ConfigText() {}

    /**
     * @param directory canonical
     * @param options the engine's own, checked by the adapter
     */
    static String of(EngineConfig config, Path directory, Map<String, String> options) {
        StringBuilder text = new StringBuilder();
        add(text, "directory", directory.toString());
        add(text, "keyspaces", config.keyspaces().stream().map(Keyspace::name).collect(Collectors.joining(",")));
        add(text, "durability", config.durability().code().toLowerCase(Locale.ROOT));
        add(text, "memory_budget_bytes", Long.toString(config.memoryBudgetBytes()));
        add(text, "background_threads", Integer.toString(config.backgroundThreads()));
        add(text, "max_data_bytes", Long.toString(config.maxDataBytes()));
        options.forEach((name, value) -> add(text, "option." + name, value));
        return text.toString();
    }

    private static void add(StringBuilder text, String name, String value) {
        String escaped = value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
        text.append(name).append('=').append(escaped).append('\n');
    }

    /** In direct memory, for a call. */
    static DirectMemory direct(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        DirectMemory memory = new DirectMemory(Math.max(1, bytes.length));
        memory.bytes().put(bytes).flip();
        return memory;
    }

    /** What a call has written out. */
    static String read(ByteBuffer out, long length) {
        byte[] bytes = new byte[(int) length];
        out.get(0, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
