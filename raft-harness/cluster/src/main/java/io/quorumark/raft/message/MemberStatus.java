package io.quorumark.raft.message;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;

/**
 * How a member sees itself and its group.
 *
 * @param id of the member
 * @param leader the id of the leader it knows, or empty
 * @param term the newest term it has seen
 * @param appliedIndex the last log entry whose effect is in its state
 * @param firstLogIndex the oldest entry in its log
 * @param lastLogIndex the newest entry in its log
 * @param snapshotIndex the last log entry in its newest snapshot, 0 for none
 * @param voters the group's voters; empty unless the member leads
 * @param learners the group's learners; empty unless the member leads
 * @param role {@code leader}, {@code follower}, {@code removed} or {@code waiting}
 * @param failure why it stopped working, or empty
 */
public record MemberStatus(
        String id,
        String leader,
        long term,
        long appliedIndex,
        long firstLogIndex,
        long lastLogIndex,
        long snapshotIndex,
        List<String> voters,
        List<String> learners,
        String role,
        String failure) {

    public MemberStatus {
        voters = List.copyOf(voters);
        learners = List.copyOf(learners);
    }

    public boolean leads() {
        return leader.equals(id);
    }

    public byte[] encode() {
        TreeMap<String, String> lines = new TreeMap<>();
        lines.put("id", id);
        lines.put("leader", leader);
        lines.put("term", Long.toString(term));
        lines.put("appliedIndex", Long.toString(appliedIndex));
        lines.put("firstLogIndex", Long.toString(firstLogIndex));
        lines.put("lastLogIndex", Long.toString(lastLogIndex));
        lines.put("snapshotIndex", Long.toString(snapshotIndex));
        lines.put("voters", String.join(",", voters));
        lines.put("learners", String.join(",", learners));
        lines.put("role", role);
        lines.put("failure", failure.replace('\n', ' ').replace("\\", "\\\\"));
        StringBuilder text = new StringBuilder();
        lines.forEach(
                (name, value) -> text.append(name).append('=').append(value).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** @throws IllegalArgumentException the bytes are no status */
    public static MemberStatus decode(byte[] bytes) {
        Properties lines = new Properties();
        try {
            lines.load(new StringReader(new String(bytes, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new MemberStatus(
                lines.getProperty("id", ""),
                lines.getProperty("leader", ""),
                number(lines, "term"),
                number(lines, "appliedIndex"),
                number(lines, "firstLogIndex"),
                number(lines, "lastLogIndex"),
                number(lines, "snapshotIndex"),
                list(lines, "voters"),
                list(lines, "learners"),
                lines.getProperty("role", ""),
                lines.getProperty("failure", ""));
    }

    private static long number(Properties lines, String name) {
        return Long.parseLong(lines.getProperty(name, ""));
    }

    private static List<String> list(Properties lines, String name) {
        String text = lines.getProperty(name, "");
        return text.isEmpty() ? List.of() : List.of(text.split(","));
    }
}
