package io.quorumark.raft;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Who belongs to a group, as one member knows it.
 *
 * @param voters the ids of the members whose votes and acknowledgements count
 * @param learners the ids of those that only follow
 */
public record Membership(List<String> voters, List<String> learners) {
    /** Nobody: what a member that does not lead knows. */
    public static final Membership NONE = new Membership(List.of(), List.of());

    public Membership {
        voters = List.copyOf(voters);
        learners = List.copyOf(learners);
    }

    boolean contains(String memberId) {
        return voters.contains(memberId) || learners.contains(memberId);
    }

    /** This as a message: a line of voters, a line of learners. */
    byte[] encode() {
        return (String.join(",", voters) + "\n" + String.join(",", learners)).getBytes(StandardCharsets.US_ASCII);
    }

    /** @throws IllegalArgumentException the bytes are no membership */
    static Membership decode(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.US_ASCII);
        int end = text.indexOf('\n');
        if (end < 0) {
            throw new IllegalArgumentException("membership is '" + text + "', expected two lines");
        }
        return new Membership(ids(text.substring(0, end)), ids(text.substring(end + 1)));
    }

    private static List<String> ids(String line) {
        return line.isEmpty() ? List.of() : List.of(line.split(","));
    }
}
