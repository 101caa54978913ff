package io.quorumark.engine.lmdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Visits every page of one tree, from its root: each is in the file, is the page that it was taken for and of the right kind, points
 * nowhere outside itself, and there are as many as the root says; keys ascend through the whole tree.
 */
final class TreeWalk {
    private static final int HEADER_BYTES = 16;
    private static final int NODE_HEADER_BYTES = 8;
    private static final int BRANCH = 1;
    private static final int LEAF = 2;
    private static final int OVERFLOW = 4;
    private static final int KINDS = BRANCH | LEAF | OVERFLOW | 8 | 0x20 | 0x40;
    private static final int LARGE_VALUE = 1;
    private static final int TREE_VALUE = 2;

    private final DataFile file;
    private final DataFile.Meta meta;
    private final String name;
    private final TreeRoot root;
    private final boolean ordered;
    private final BiConsumer<String, TreeRoot> subtrees;
    private final @Nullable ByteBuffer[] pageByLevel;
    private byte[] previousKey = {};
    private long branchPages;
    private long leafPages;
    private long overflowPages;
    private long entries;

    /**
     * @param ordered whether keys are in the order of unsigned bytes; those of the free pages are numbers
     * @param subtrees is given each tree whose root this one holds as a value
     */
    TreeWalk(
            DataFile file,
            DataFile.Meta meta,
            String name,
            TreeRoot root,
            boolean ordered,
            BiConsumer<String, TreeRoot> subtrees) {
        this.file = file;
        this.meta = meta;
        this.name = name;
        this.root = root;
        this.ordered = ordered;
        this.subtrees = subtrees;
        this.pageByLevel = new ByteBuffer[root.levels()];
    }

    void run() throws IOException, Damage {
        if (!root.isEmpty()) {
            visit(root.page(), 0);
        }
        require(entries == root.entries(), "has " + entries + " entries, its root says " + root.entries());
        require(
                branchPages == root.branchPages()
                        && leafPages == root.leafPages()
                        && overflowPages == root.overflowPages(),
                "has " + branchPages + " branch, " + leafPages + " leaf and " + overflowPages
                        + " overflow pages, its root says " + root.branchPages() + ", " + root.leafPages() + " and "
                        + root.overflowPages());
    }

    private void visit(long number, int level) throws IOException, Damage {
        boolean leaf = level == root.levels() - 1;
        ByteBuffer page = read(number, level, leaf ? LEAF : BRANCH);
        int lower = unsigned(page, 12);
        int count = (lower - HEADER_BYTES) / 2;
        require(
                count > 0 && lower <= unsigned(page, 14) && unsigned(page, 14) <= meta.pageBytes(),
                "page " + number + " has bad bounds");
        if (leaf) {
            leafPages++;
        } else {
            branchPages++;
        }
        for (int i = 0; i < count; i++) {
            int node = unsigned(page, HEADER_BYTES + 2 * i);
            require(
                    node >= lower && node + NODE_HEADER_BYTES <= meta.pageBytes(),
                    "page " + number + " points outside itself");
            int keyEnd = node + NODE_HEADER_BYTES + unsigned(page, node + 6);
            require(keyEnd <= meta.pageBytes(), "page " + number + " has a key that leaves it");
            if (leaf) {
                visitEntry(page, number, node, keyEnd);
            } else {
                long child = Integer.toUnsignedLong(page.getInt(node)) | (long) unsigned(page, node + 4) << 32;
                visit(child, level + 1);
            }
        }
    }

    private ByteBuffer read(long number, int level, int kind) throws IOException, Damage {
        ByteBuffer page = pageByLevel[level];
        if (page == null) {
            page = DataFile.buffer(meta.pageBytes());
            pageByLevel[level] = page;
        }
        require(number > 1 && number <= meta.lastPage(), "asks for page " + number + " of " + (meta.lastPage() + 1));
        file.readFully(page.clear(), number * meta.pageBytes());
        require(!page.hasRemaining(), "page " + number + " is missing: the file is cut off at byte " + file.bytes());
        requireHeader(page, number, kind);
        return page;
    }

    private void requireHeader(ByteBuffer page, long number, int kind) throws Damage {
        require(page.getLong(0) == number, "page " + number + " says it is page " + page.getLong(0));
        require(
                (unsigned(page, 10) & KINDS) == kind,
                "page " + number + " is of kind " + unsigned(page, 10) + ", expected " + kind);
    }

    private void visitEntry(ByteBuffer page, long number, int node, int keyEnd) throws IOException, Damage {
        int keyBegin = node + NODE_HEADER_BYTES;
        byte[] key = new byte[keyEnd - keyBegin];
        page.get(keyBegin, key);
        require(
                !ordered || entries == 0 || Arrays.compareUnsigned(previousKey, key) < 0,
                "page " + number + " has keys out of order");
        previousKey = key;
        entries++;
        long valueBytes = Integer.toUnsignedLong(page.getInt(node));
        int flags = unsigned(page, node + 4);
        boolean large = (flags & LARGE_VALUE) != 0;
        require(
                keyEnd + (large ? Long.BYTES : valueBytes) <= meta.pageBytes(),
                "page " + number + " has a value that leaves it");
        if (large) {
            visitLargeValue(page.getLong(keyEnd), valueBytes);
        }
        if ((flags & TREE_VALUE) != 0 && valueBytes == TreeRoot.BYTES) {
            subtrees.accept(new String(key, StandardCharsets.US_ASCII), TreeRoot.readFrom(page, keyEnd));
        }
    }

    private void visitLargeValue(long number, long valueBytes) throws IOException, Damage {
        ByteBuffer header = DataFile.buffer(HEADER_BYTES);
        long pages = (HEADER_BYTES - 1 + valueBytes) / meta.pageBytes() + 1;
        require(
                number > 1 && number + pages - 1 <= meta.lastPage(),
                "asks for pages " + number + " to " + (number + pages - 1) + " of " + (meta.lastPage() + 1));
        require(
                (number + pages) * meta.pageBytes() <= file.bytes(),
                "page " + (number + pages - 1) + " is missing: the file is cut off at byte " + file.bytes());
        file.readFully(header, number * meta.pageBytes());
        requireHeader(header, number, OVERFLOW);
        require(
                Integer.toUnsignedLong(header.getInt(12)) == pages,
                "page " + number + " has another length than its value");
        overflowPages += pages;
    }

    private static int unsigned(ByteBuffer page, int at) {
        return Short.toUnsignedInt(page.getShort(at));
    }

    private void require(boolean whole, String problem) throws Damage {
        if (!whole) {
            throw new Damage("the tree of " + name + " " + problem);
        }
    }
}
