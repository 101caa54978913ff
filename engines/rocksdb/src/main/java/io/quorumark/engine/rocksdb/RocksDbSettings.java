package io.quorumark.engine.rocksdb;

import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.support.Options;

/**
 * How the memory budget is split, and the native options of the tuned track.
 *
 * <p>One block cache has the whole budget as its capacity. Write buffers are charged to that cache ({@code WriteBufferManager}), and so are index and filter
 * blocks, so that all of them together stay within the budget:
 *
 * <table>
 * <caption>Split of the budget</caption>
 * <tr><td>at most one half</td><td>write buffers of all keyspaces; a flush starts there</td></tr>
 * <tr><td>one quarter</td><td>one keyspace's write buffer ({@code write_buffer_bytes}), so that one can fill while one is flushed</td></tr>
 * <tr><td>the rest, at least one half</td><td>data, index and filter blocks</td></tr>
 * </table>
 *
 * @param compression of data blocks: {@code none} (the default), {@code lz4}, {@code snappy} or {@code zstd}
 * @param writeBufferBytes one keyspace's write buffer
 * @param blockBytes the size of a data block before compression
 * @param bloomBits Bloom filter bits for a key; 0 for no filter
 * @param cacheBytes the block cache's capacity, with all that is charged to it
 * @param allWriteBuffersBytes where the write buffers of all keyspaces together start a flush
 */
record RocksDbSettings(
        String compression,
        long writeBufferBytes,
        int blockBytes,
        int bloomBits,
        long cacheBytes,
        long allWriteBuffersBytes) {

    /** RocksDB's own default. */
    private static final int DEFAULT_BLOCK_BYTES = 4 << 10;

    /** About one false positive in a hundred, as RocksDB's tuning guide has it. */
    private static final int DEFAULT_BLOOM_BITS = 10;

    private static final long MIN_WRITE_BUFFER_BYTES = 64 << 10;

    /** @throws EngineException.InvalidOption an option is unknown or its value is not accepted */
    static RocksDbSettings of(EngineConfig config) {
        long budgetBytes = config.memoryBudgetBytes();
        Options options = new Options(RocksDbEngineProvider.ID, config);
        RocksDbSettings settings = new RocksDbSettings(
                options.text("compression", "none", "none", "lz4", "snappy", "zstd"),
                options.number("write_buffer_bytes", budgetBytes / 4, MIN_WRITE_BUFFER_BYTES, budgetBytes / 2),
                (int) options.number("block_bytes", DEFAULT_BLOCK_BYTES, 1 << 10, 1 << 20),
                (int) options.number("bloom_bits", DEFAULT_BLOOM_BITS, 0, 32),
                budgetBytes,
                budgetBytes / 2);
        options.refuseUnknown();
        return settings;
    }
}
