package io.quorumark.engine;

import java.util.List;

/**
 * What a reader of a report must know about an engine to read its numbers right, and whoever decides for it before figures matter.
 *
 * @param displayName as its makers write it, such as {@code RocksDB}
 * @param libraryVersion the version of the Java library and, if it differs, of the engine inside it, such as
 * {@code lmdbjava 0.9.3 (LMDB 0.9.33)}
 * @param architecture a few words: {@code LSM tree}, {@code copy-on-write B+ tree}, ...
 * @param licence of the engine and of the library that calls it, as an SPDX expression without parentheses: {@code OR} between choices,
 * {@code AND} between what holds together, such as {@code Apache-2.0 AND OLDAP-2.8}
 * @param maintenance what its makers do for it, as known when this adapter's version was written
 * @param caveats sentences that must stand beside every number of this engine; empty for most
 */
public record EngineFacts(
        String displayName,
        String libraryVersion,
        String architecture,
        String licence,
        Maintenance maintenance,
        List<String> caveats) {
    public EngineFacts {
        if (licence.isBlank()) {
            throw new IllegalArgumentException(
                    "the licence of " + displayName + " is empty, expected an SPDX expression such as Apache-2.0");
        }
        caveats = List.copyOf(caveats);
    }
}
