package io.quorumark.engine.rocksdb;

import io.quorumark.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.rocksdb.Env;
import org.rocksdb.OptionsUtil;
import org.rocksdb.RocksDBException;

/**
 * The settings in force, from the OPTIONS file that RocksDB writes at every opening and change, after it has put right what it did not
 * accept. What that file cannot hold, the cache's size, is asked of the cache itself.
 */
final class OptionsReading {
    /** Out of some two hundred: those that decide durability, memory, background work and the layout on the device. */
    private static final Set<String> REPORTED = Set.of(
            "rocksdb_version",
            "atomic_flush",
            "manual_wal_flush",
            "wal_recovery_mode",
            "wal_compression",
            "wal_bytes_per_sync",
            "bytes_per_sync",
            "use_fsync",
            "use_direct_reads",
            "use_direct_io_for_flush_and_compaction",
            "allow_mmap_reads",
            "allow_mmap_writes",
            "allow_concurrent_memtable_write",
            "enable_pipelined_write",
            "unordered_write",
            "max_background_jobs",
            "max_subcompactions",
            "max_open_files",
            "max_total_wal_size",
            "compaction_style",
            "compression",
            "bottommost_compression",
            "level_compaction_dynamic_level_bytes",
            "level0_file_num_compaction_trigger",
            "level0_slowdown_writes_trigger",
            "level0_stop_writes_trigger",
            "max_bytes_for_level_base",
            "target_file_size_base",
            "write_buffer_size",
            "max_write_buffer_number",
            "max_write_buffer_size_to_maintain",
            "memtable_max_range_deletions",
            "block_size",
            "format_version",
            "filter_policy",
            "cache_index_and_filter_blocks",
            "no_block_cache",
            "checksum");

    private OptionsReading() {}

    /** @param directory where the database is; its keyspaces all have the same options */
    static Map<String, String> of(OpenDatabase database, Path directory) {
        Map<String, String> found = new TreeMap<>();
        try {
            String fileName = OptionsUtil.getLatestOptionsFileName(directory.toString(), Env.getDefault());
            for (String line : Files.readAllLines(directory.resolve(fileName))) {
                int equals = line.indexOf('=');
                String name = line.substring(0, Math.max(0, equals)).strip();
                if (REPORTED.contains(name)) {
                    found.putIfAbsent(name, line.substring(equals + 1).strip());
                }
            }
            found.put("block_cache_capacity", database.db().getProperty("rocksdb.block-cache-capacity"));
        } catch (RocksDBException e) {
            throw database.errors().of("reading the options back", e);
        } catch (IOException e) {
            throw new EngineException.Io(
                    RocksDbEngineProvider.ID,
                    database.errors().directory(),
                    "reading the OPTIONS file failed: " + e.getMessage(),
                    e);
        }
        return found;
    }
}
