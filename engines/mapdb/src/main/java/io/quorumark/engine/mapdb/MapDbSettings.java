package io.quorumark.engine.mapdb;

import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.support.Options;

/**
 * MapDB's settings for an {@link EngineConfig}.
 *
 * <p>MapDB's cache is the operating system's page cache, which has no budget of its own: {@link EngineConfig#memoryBudgetBytes()} does not
 * bind it, nor does {@link EngineConfig#maxDataBytes()}, since its file grows as needed. It has no background threads.
 *
 * @param maxNodeSize how many entries a tree node holds at most
 * @param valuesOutsideNodes whether a value is a record of its own, or part of its leaf, which is rewritten as a whole by every put
 * @param allocateIncrementBytes by how much the file grows, and how much one mapping covers; a power of two
 */
record MapDbSettings(int maxNodeSize, boolean valuesOutsideNodes, int allocateIncrementBytes) {
    static final String MAX_NODE_SIZE = "maxNodeSize";
    static final String VALUES_OUTSIDE_NODES = "valuesOutsideNodesEnable";
    static final String ALLOCATE_INCREMENT = "allocateIncrement";

    static MapDbSettings from(EngineConfig config) {
        Options options = new Options(MapDbEngineProvider.ID, config);
        MapDbSettings settings = new MapDbSettings(
                (int) options.number(MAX_NODE_SIZE, 32, 4, 256),
                options.flag(VALUES_OUTSIDE_NODES, true),
                Integer.parseInt(options.text(
                        ALLOCATE_INCREMENT,
                        "1048576",
                        "1048576",
                        "2097152",
                        "4194304",
                        "8388608",
                        "16777216",
                        "33554432",
                        "67108864")));
        options.refuseUnknown();
        return settings;
    }

    int sliceShift() {
        return Integer.numberOfTrailingZeros(allocateIncrementBytes);
    }
}
