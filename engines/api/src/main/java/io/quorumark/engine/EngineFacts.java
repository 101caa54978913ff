package io.quorumark.engine;

import java.util.List;

/**
 * What a reader of a report must know about an engine to read its numbers right.
 *
 * @param displayName as its makers write it, such as {@code RocksDB}
 * @param libraryVersion the version of the Java library and, if it differs, of the engine inside it, such as
 * {@code lmdbjava 0.9.3 (LMDB 0.9.33)}
 * @param architecture a few words: {@code LSM tree}, {@code copy-on-write B+ tree}, ...
 * @param caveats sentences that must stand beside every number of this engine; empty for most
 */
public record EngineFacts(String displayName, String libraryVersion, String architecture, List<String> caveats) {
    public EngineFacts {
        caveats = List.copyOf(caveats);
    }
}
