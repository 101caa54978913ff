package io.quorumark.engine.rocksdb;

import io.quorumark.engine.Ability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.support.Options;

/**
 * How the memory budget is split, and the native options of the tuned track.
 *
 * <p>This is the one place where the budget is split; {@link KVEngine#effectiveOptions()} reads each part back under the name in brackets.
 * One block cache has the whole budget as its capacity. Write buffers are charged to that cache ({@code WriteBufferManager}), and so are
 * index and filter blocks, so that all of them together stay within the budget:
 *
 * <table>
 * <caption>Split of the budget</caption>
 * <tr><td>all</td><td>the block cache's capacity ({@code block_cache_capacity})</td></tr>
 * <tr><td>at most one half</td><td>write buffers of all keyspaces; a flush starts there; RocksDB does not tell this one</td></tr>
 * <tr><td>one quarter</td><td>one keyspace's write buffer ({@code write_buffer_size}, option {@code write_buffer_bytes}), so that one can
 * fill while one is flushed</td></tr>
 * <tr><td>the rest, at least one half</td><td>data, index and filter blocks</td></tr>
 * <tr><td>nothing</td><td>writes that are flushed already ({@code max_write_buffer_size_to_maintain}). A transaction database would by
 * default keep two write buffers of them for each keyspace, to compare transactions with. Without, a transaction that was open while its
 * keyspace was flushed conflicts, even with nobody; that costs a retry now and then, whereas the default took up to the whole cache from
 * every reader</td></tr>
 * </table>
 *
 * @param compression of data blocks: {@code none} (the default), {@code lz4}, {@code snappy} or {@code zstd}
 * @param writeBufferBytes one keyspace's write buffer
 * @param blockBytes the size of a data block before compression
 * @param bloomBits Bloom filter bits for a key; 0 for no filter
 * @param cacheBytes the block cache's capacity, with all that is charged to it
 * @param allWriteBuffersBytes size at which the write buffers of all keyspaces together start a flush
 * @param keptFlushedWriteBytes how much of what is flushed stays for transactions to compare with; 0 would be read as the library's default
 */
record RocksDbSettings(
        String compression,
        long writeBufferBytes,
        int blockBytes,
        int bloomBits,
        long cacheBytes,
        long allWriteBuffersBytes,
        long keptFlushedWriteBytes) {

    /** RocksDB's own default. */
    private static final int DEFAULT_BLOCK_BYTES = 4 << 10;

    /** About one false positive in a hundred, as RocksDB's tuning guide has it. */
    private static final int DEFAULT_BLOOM_BITS = 10;

    private static final long LEAST_KEPT_BYTES = 1;

    private static final long MIN_WRITE_BUFFER_BYTES = 64 << 10;

    /** @throws EngineException.InvalidOption an option is unknown or its value is not accepted */
    static RocksDbSettings of(EngineConfig config) {
        long budgetBytes = config.memoryBudgetBytes();
        Options options = new Options(RocksDbEngineProvider.ID, config);
        RocksDbSettings settings = new RocksDbSettings(
                options.text(Ability.COMPRESSION_OPTION, "none", "none", "lz4", "snappy", "zstd"),
                options.number("write_buffer_bytes", budgetBytes / 4, MIN_WRITE_BUFFER_BYTES, budgetBytes / 2),
                (int) options.number("block_bytes", DEFAULT_BLOCK_BYTES, 1 << 10, 1 << 20),
                (int) options.number("bloom_bits", DEFAULT_BLOOM_BITS, 0, 32),
                budgetBytes,
                budgetBytes / 2,
                LEAST_KEPT_BYTES);
        options.refuseUnknown();
        return settings;
    }
}
