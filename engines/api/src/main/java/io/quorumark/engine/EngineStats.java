package io.quorumark.engine;

import java.util.List;

/**
 * What an engine says of itself at one moment. Engines that know one of these figures use its name, so that a reader can put them side by
 * side; others are the engine's own.
 *
 * <table>
 * <caption>Common names</caption>
 * <tr><td>{@code data.keys}</td><td>count</td><td>keys, if counting costs nothing</td></tr>
 * <tr><td>{@code data.live.bytes}</td><td>bytes</td><td>live keys and values, an estimate if the engine estimates</td></tr>
 * <tr><td>{@code data.file.bytes}</td><td>bytes</td><td>the files that hold data, log not counted</td></tr>
 * <tr><td>{@code log.file.bytes}</td><td>bytes</td><td>the write-ahead log's files</td></tr>
 * <tr><td>{@code log.syncs}</td><td>count</td><td>syncs of the log since it was opened, synced writes included; of the data file if commits
 * go straight into it</td></tr>
 * <tr><td>{@code tree.levels}, {@code tree.pages}</td><td>count</td><td>levels of the tree or LSM in use, pages in use</td></tr>
 * <tr><td>{@code compaction.count}, {@code compaction.nanos}, {@code compaction.read.bytes},
 * {@code compaction.written.bytes}</td><td></td><td>finished compactions, collections or snapshots of the log, and what they cost</td></tr>
 * <tr><td>{@code compaction.pending.bytes}</td><td>bytes</td><td>debt: what is still to be rewritten</td></tr>
 * <tr><td>{@code stall.nanos}, {@code stall.count}</td><td></td><td>writers held back by the engine</td></tr>
 * <tr><td>{@code cache.hits}, {@code cache.misses}, {@code cache.bytes}</td><td></td><td>of the engine's own cache, not the system's page
 * cache</td></tr>
 * <tr><td>{@code memory.bytes}</td><td>bytes</td><td>heap and native memory the engine accounts for</td></tr>
 * </table>
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
        GAUGE;

        /**
         * By the code that native engines write.
         *
         * @throws IllegalArgumentException no kind has this code
         */
        public static Kind ofCode(String code) {
            return switch (code) {
                case "counter" -> COUNTER;
                case "gauge" -> GAUGE;
                default ->
                    throw new IllegalArgumentException("kind of a figure is '" + code + "', expected counter or gauge");
            };
        }
    }

    /**
     * One figure.
     *
     * @param name lower-case words joined by dots, such as {@code compaction.written.bytes}
     * @param unit {@code bytes}, {@code count}, {@code nanoseconds}, {@code ratio}
     */
    public record Entry(String name, String unit, Kind kind, double value) {}
}
