package io.quorumark.engine.bridge;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * {@code qm_call}: what a call is given and what it answers. The key and what comes out lie in memory that belongs to the record. For one
 * thread at a time.
 */
final class CallRecord {
    private static final int BYTES = 512;
    private static final int KEY = 0;
    private static final int KEY_LENGTH = 8;
    private static final int OUT = 16;
    private static final int CAPACITY = 24;
    private static final int HANDLE = 32;
    private static final int NEEDED = 40;
    private static final int WRITTEN = 48;
    private static final int FLAGS = 56;
    private static final int MESSAGE_LENGTH = 60;
    private static final int MESSAGE = 64;

    private static final int END = 1;
    private static final int FIRST_KEY_BYTES = 512;

    private final DirectMemory record = new DirectMemory(BYTES);
    private final DirectMemory key = new DirectMemory(FIRST_KEY_BYTES);
    private final DirectMemory out;

    CallRecord(int outBytes) {
        out = new DirectMemory(outBytes);
        record.bytes().putLong(KEY, key.address());
        pointAtOut();
    }

    private void pointAtOut() {
        record.bytes().putLong(OUT, out.address()).putLong(CAPACITY, out.capacity());
    }

    long address() {
        return record.address();
    }

    /** Copies the key in. */
    void key(ByteBuffer wanted) {
        int length = wanted.remaining();
        if (key.grow(length)) {
            record.bytes().putLong(KEY, key.address());
        }
        key.bytes().put(0, wanted, wanted.position(), length);
        record.bytes().putLong(KEY_LENGTH, length);
    }

    /** Copies as a key what a page holds. */
    void key(ByteBuffer page, int at, int length) {
        if (key.grow(length)) {
            record.bytes().putLong(KEY, key.address());
        }
        key.bytes().put(0, page, at, length);
        record.bytes().putLong(KEY_LENGTH, length);
    }

    ByteBuffer out() {
        return out.bytes();
    }

    int capacity() {
        return out.capacity();
    }

    /** Makes room for what comes out; what is there is lost. */
    void growOut(long bytes) {
        if (out.grow(bytes)) {
            pointAtOut();
        }
    }

    long handle() {
        return record.bytes().getLong(HANDLE);
    }

    long needed() {
        return record.bytes().getLong(NEEDED);
    }

    long written() {
        return record.bytes().getLong(WRITTEN);
    }

    boolean atEnd() {
        return (record.bytes().getInt(FLAGS) & END) != 0;
    }

    /** The library's sentence on one line, whatever it has written there. */
    String message() {
        int length = Math.min(Math.max(record.bytes().getInt(MESSAGE_LENGTH), 0), BYTES - MESSAGE);
        byte[] text = new byte[length];
        record.bytes().get(MESSAGE, text);
        String message = new String(text, StandardCharsets.UTF_8)
                .replaceAll("[\\s\\p{Cntrl}]+", " ")
                .strip();
        return message.isEmpty() ? "no reason given" : message;
    }
}
