package io.quorumark.workload.spec;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Text files as editors write them: some put a byte order mark before UTF-8 text, which is no part of the text. */
public final class TextFiles {
    private static final int[] BYTE_ORDER_MARK = {0xEF, 0xBB, 0xBF};

    private TextFiles() {}

    /** The stream behind a byte order mark, or from its beginning if there is none. The caller closes the given stream. */
    public static InputStream withoutByteOrderMark(InputStream in) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in);
        buffered.mark(BYTE_ORDER_MARK.length);
        for (int expected : BYTE_ORDER_MARK) {
            if (buffered.read() != expected) {
                buffered.reset();
                break;
            }
        }
        return buffered;
    }

    /** The text behind a byte order mark, or all of it if there is none. */
    public static String withoutByteOrderMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
