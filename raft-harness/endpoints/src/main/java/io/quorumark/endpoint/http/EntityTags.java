package io.quorumark.endpoint.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The value of an {@code If-Match} or {@code If-None-Match} header (RFC 9110, section 13.1).
 *
 * @param any {@code *}: whatever there is
 * @param tags as sent, {@code W/} and quotes included
 */
record EntityTags(boolean any, List<String> tags) {
    private static final String TAG = "(?:W/)?\"[\\x21\\x23-\\x7e\\x80-\\xff]*\"";
    private static final Pattern LIST = Pattern.compile("\\s*(" + TAG + ")\\s*(?:,\\s*|$)");
    private static final int TAG_BYTES = 16;
    private static final String WEAK = "W/";

    /**
     * @param name of the header
     * @param values one for each time that it was sent
     * @return null if it was not sent
     * @throws IllegalArgumentException it is malformed
     */
    static @Nullable EntityTags parse(String name, List<String> values) {
        if (values.isEmpty()) {
            return null;
        }
        String list = String.join(", ", values).strip();
        if (list.equals("*")) {
            return new EntityTags(true, List.of());
        }
        List<String> tags = new ArrayList<>();
        Matcher matcher = LIST.matcher(list);
        int at = 0;
        while (at < list.length() && matcher.find(at) && matcher.start() == at) {
            tags.add(matcher.group(1));
            at = matcher.end();
        }
        if (at < list.length() || tags.isEmpty()) {
            throw new IllegalArgumentException(
                    name + " is malformed, expected * or quoted tags with commas between them");
        }
        return new EntityTags(false, tags);
    }

    /** The tag of a value, the same on every member: the first half of its SHA-256. */
    static String of(byte[] value) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(value);
            return "\"" + HexFormat.of().formatHex(Arrays.copyOf(digest, TAG_BYTES)) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** For writes: a weak tag never matches. */
    boolean matchStrongly(byte @Nullable [] value) {
        return value != null && (any || tags.contains(of(value)));
    }

    /** For reads out of a cache. */
    boolean matchWeakly(byte @Nullable [] value) {
        if (value == null || any) {
            return value != null;
        }
        String tag = of(value);
        return tags.stream().anyMatch(one -> one.equals(tag) || one.equals(WEAK + tag));
    }
}
