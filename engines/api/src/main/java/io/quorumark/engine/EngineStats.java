package io.quorumark.engine;

import java.util.List;

/**
 * What an engine says of itself at one moment.
 *
 * @param entries in a stable order
 */
public record EngineStats(List<Entry> entries) {
    public EngineStats {
        entries = List.copyOf(entries);
    }

    /** Whether a value grows for ever or goes up and down. */
    public enum Kind {
        COUNTER,
        GAUGE
    }

    /**
     * One figure.
     *
     * @param name lower-case words joined by dots, such as {@code compaction.bytes.written}
     * @param unit {@code bytes}, {@code count}, {@code nanoseconds}, {@code ratio}
     */
    public record Entry(String name, String unit, Kind kind, double value) {}
}
