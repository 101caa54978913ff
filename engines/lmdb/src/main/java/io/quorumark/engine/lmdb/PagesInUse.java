package io.quorumark.engine.lmdb;

import java.nio.ByteBuffer;
import org.lmdbjava.Dbi;
import org.lmdbjava.EnvInfo;
import org.lmdbjava.Stat;
import org.lmdbjava.Txn;

/**
 * How full the map is.
 *
 * @param mapBytes what the file may grow to
 * @param fileBytes what it has grown to; LMDB never gives pages back
 * @param treeBytes pages that a tree uses. The rest of the file waits for later commits
 * @param treePages the same as a count
 * @param treeLevels of the deepest tree
 * @param entries of all databases
 */
record PagesInUse(long mapBytes, long fileBytes, long treeBytes, long treePages, long treeLevels, long entries) {
    private static final int META_PAGES = 2;

    static PagesInUse of(OpenEnvironment environment, EnvInfo info) {
        try (Txn<ByteBuffer> txn = environment.beginRead()) {
            Stat names = environment.env().stat();
            long entries = 0;
            long levels = 0;
            long pages = META_PAGES + pages(names);
            for (Dbi<ByteBuffer> database : environment.databases()) {
                Stat stat = database.stat(txn);
                entries += stat.entries;
                levels = Math.max(levels, stat.depth);
                pages += pages(stat);
            }
            long pageBytes = names.pageSize;
            return new PagesInUse(
                    info.mapSize, (info.lastPageNumber + 1) * pageBytes, pages * pageBytes, pages, levels, entries);
        }
    }

    private static long pages(Stat stat) {
        return stat.branchPages + stat.leafPages + stat.overflowPages;
    }

    /** Of the file; some of it may still be held by a reader. */
    long freeBytes() {
        return Math.max(0, fileBytes - treeBytes);
    }
}
