package io.quorumark.engine.bridge;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.support.Handles;
import java.nio.ByteBuffer;

/**
 * A cursor that fetches entries in pages: a few after an absolute move, which often is followed by one or two steps only, then more with
 * each page of the same walk.
 */
final class NativeCursor implements Cursor {
    private static final int FIRST = 0;
    private static final int CEILING = 1;
    private static final int HIGHER = 2;
    private static final int ONWARDS = 3;
    private static final int LAST = 4;
    private static final int FLOOR = 5;
    private static final int LOWER = 6;
    private static final int BACKWARDS = 7;

    private static final int FIRST_PAGE_ENTRIES = 4;
    private static final int LARGEST_PAGE_ENTRIES = 64;
    private static final int GROWTH = 4;
    private static final int FIRST_PAGE_BYTES = 4 << 10;
    private static final int LARGEST_PAGE_BYTES = 64 << 10;

    private static final int ENTRY_HEADER_BYTES = 8;

    private final OpenNative engine;
    private final Handles parent;
    private final String keyspaceName;
    private final CallRecord call = new CallRecord(FIRST_PAGE_BYTES);
    private final long handle;

    private ByteBuffer page = call.out();
    private ByteBuffer key = page.duplicate();
    private ByteBuffer value = page.duplicate();
    /** Where each entry of the page begins, and the last one ends. */
    private final int[] starts = new int[LARGEST_PAGE_ENTRIES + 1];

    private final int[] keyEnds = new int[LARGEST_PAGE_ENTRIES];

    private int entries;
    private int current = -1;
    private int nextPageEntries = FIRST_PAGE_ENTRIES;
    private boolean descending;
    /** Whether no entry follows the page in its order. */
    private boolean atEnd;

    private boolean closed;

    NativeCursor(OpenNative engine, Handles parent, long view, Keyspace keyspace) {
        this.engine = engine;
        this.parent = parent;
        this.keyspaceName = keyspace.name();
        int ordinal = engine.checks().ordinalOf(keyspace);
        engine.check("opening a cursor", engine.calls().qm_cursor_open(view, ordinal, call.address()), call);
        this.handle = call.handle();
    }

    @Override
    public boolean first() {
        return arrive(FIRST);
    }

    @Override
    public boolean last() {
        return arrive(LAST);
    }

    @Override
    public boolean seekCeiling(ByteBuffer wanted) {
        requireOpen();
        call.key(wanted);
        return arrive(CEILING);
    }

    @Override
    public boolean seekFloor(ByteBuffer wanted) {
        requireOpen();
        call.key(wanted);
        return arrive(FLOOR);
    }

    private boolean arrive(int move) {
        requireOpen();
        nextPageEntries = FIRST_PAGE_ENTRIES;
        return fetch(move);
    }

    @Override
    public boolean next() {
        requireEntry();
        return descending ? stepBack(HIGHER) : step(ONWARDS);
    }

    @Override
    public boolean prev() {
        requireEntry();
        return descending ? step(BACKWARDS) : stepBack(LOWER);
    }

    /** In the page's order. */
    private boolean step(int move) {
        if (current + 1 < entries) {
            current++;
            return true;
        }
        if (atEnd) {
            current = -1;
            return false;
        }
        return fetch(move);
    }

    /** Against the page's order; at its edge, by the key that the cursor is on. */
    private boolean stepBack(int move) {
        if (current > 0) {
            current--;
            return true;
        }
        int keyStart = starts[current] + ENTRY_HEADER_BYTES;
        call.key(page, keyStart, keyEnds[current] - keyStart);
        return arrive(move);
    }

    private boolean fetch(int move) {
        current = -1;
        entries = 0;
        int most = nextPageEntries;
        growTo(most);
        long answer = engine.calls().qm_cursor_page(handle, move, most, call.address());
        while (answer == NativeErrors.TOO_SMALL) {
            long needed = call.needed();
            if (needed <= call.capacity()) {
                throw engine.errors().unknown("a page of " + call.capacity() + " bytes", needed);
            }
            call.growOut(needed);
            takePage();
            answer = engine.calls().qm_cursor_page(handle, move, most, call.address());
        }
        if (answer < 0) {
            throw engine.errors().of("moving a cursor on '" + keyspaceName + "'", answer, call);
        }
        descending = move >= LAST;
        atEnd = call.atEnd();
        nextPageEntries = Math.min(LARGEST_PAGE_ENTRIES, most * GROWTH);
        entries = index(answer, most);
        current = entries > 0 ? 0 : -1;
        return entries > 0;
    }

    private void growTo(int most) {
        if (most > FIRST_PAGE_ENTRIES && call.capacity() < LARGEST_PAGE_BYTES) {
            call.growOut(LARGEST_PAGE_BYTES);
            takePage();
        }
    }

    private void takePage() {
        page = call.out();
        key = page.duplicate();
        value = page.duplicate();
    }

    /** Finds the entries, believing nothing that the library has written. */
    private int index(long answered, int most) {
        long bytes = call.written();
        if (answered > most || bytes < 0 || bytes > call.capacity()) {
            throw engine.errors().unknown("a page of " + most + " entries in " + call.capacity() + " bytes", answered);
        }
        long at = 0;
        for (int i = 0; i < answered; i++) {
            if (at + ENTRY_HEADER_BYTES > bytes) {
                throw engine.errors().unknown("a page of " + bytes + " bytes", answered);
            }
            int start = (int) at;
            long keyLength = page.getInt(start) & 0xffff_ffffL;
            long valueLength = page.getInt(start + 4) & 0xffff_ffffL;
            at += ENTRY_HEADER_BYTES + keyLength + valueLength;
            starts[i] = start;
            keyEnds[i] = (int) (start + ENTRY_HEADER_BYTES + keyLength);
        }
        if (at != bytes) {
            throw engine.errors().unknown("a page of " + bytes + " bytes", answered);
        }
        starts[(int) answered] = (int) at;
        return (int) answered;
    }

    @Override
    public ByteBuffer key() {
        requireEntry();
        return key.limit(keyEnds[current]).position(starts[current] + ENTRY_HEADER_BYTES);
    }

    @Override
    public ByteBuffer value() {
        requireEntry();
        return value.limit(starts[current + 1]).position(keyEnds[current]);
    }

    private void requireOpen() {
        if (closed) {
            throw engine.checks().closed("cursor");
        }
    }

    private void requireEntry() {
        if (current < 0) {
            throw onNoEntry();
        }
    }

    private RuntimeException onNoEntry() {
        return closed
                ? engine.checks().closed("cursor")
                : new IllegalStateException("cursor on '" + keyspaceName
                        + "' is on no entry; use first, last, seekCeiling or seekFloor, and look at their answer");
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            current = -1;
            parent.remove(this);
            engine.check("closing a cursor", engine.calls().qm_cursor_close(handle, call.address()), call);
        }
    }
}
