package io.quorumark.results.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The text that a trial's checksum was made of, as it stands in the trial's file: two spaces further in, behind its key. */
final class TrialText {
    private static final byte[] KEY = "\n  \"trial\" : ".getBytes(StandardCharsets.US_ASCII);

    private TrialText() {}

    /** Its bytes in UTF-8, taken out of the file's; empty if the file was laid out in another way. */
    static Optional<byte[]> in(byte[] json) {
        int begin = placeAfterKey(json);
        int end = lastLine(json);
        if (begin < 0 || end <= begin) {
            return Optional.empty();
        }
        byte[] text = new byte[end - begin + 1];
        int filled = 0;
        int place = begin;
        while (place < end) {
            byte next = json[place];
            text[filled++] = next;
            place += next == '\n' && place + 2 < end && json[place + 1] == ' ' && json[place + 2] == ' ' ? 3 : 1;
        }
        text[filled++] = '\n';
        return Optional.of(filled == text.length ? text : Arrays.copyOf(text, filled));
    }

    /** -1 if the key is not there. */
    private static int placeAfterKey(byte[] json) {
        for (int place = 0; place <= json.length - KEY.length; place++) {
            if (json[place] == '\n' && Arrays.equals(json, place, place + KEY.length, KEY, 0, KEY.length)) {
                return place + KEY.length;
            }
        }
        return -1;
    }

    /** Where the line feed is before the brace that ends the file; -1 if there is none. */
    private static int lastLine(byte[] json) {
        for (int place = json.length - 2; place >= 0; place--) {
            if (json[place] == '\n' && json[place + 1] == '}') {
                return place;
            }
        }
        return -1;
    }
}
