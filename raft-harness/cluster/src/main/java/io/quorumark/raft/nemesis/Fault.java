package io.quorumark.raft.nemesis;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One thing that goes wrong for a while.
 *
 * @param atMillis when it begins, after the schedule's start
 * @param kind what goes wrong
 * @param target with whom, as it is found at that time
 * @param forMillis how long it lasts
 */
public record Fault(long atMillis, Kind kind, Target target, long forMillis) {
    private static final Pattern LINE =
            Pattern.compile("at (\\d{1,9}) ms ([a-z-]+) (leader|follower|all) for (\\d{1,9}) ms");

    /** What can go wrong. */
    public enum Kind {
        /** A member is stopped in an orderly way, and started again at the end. */
        STOP,
        /** A member's process is killed with SIGKILL, and started again at the end. */
        KILL,
        /** A member's process is stopped with SIGSTOP, and goes on at the end as if no time had passed. */
        PAUSE,
        /** A member is cut off from all others. */
        ISOLATE,
        /** What a member sends is lost; it still hears the others. */
        CUT_OUTGOING,
        /** What is sent to a member is lost; the others still hear it. */
        CUT_INCOMING,
        /** Every commit of a member takes long. */
        SLOW_DISK,
        /** Every commit of a member fails for want of room; the member, which has given up by then, is started again at the end. */
        FULL_DISK;

        /** Whether it can happen to all members at once and leave something to find. */
        boolean suitsAll() {
            return this == STOP || this == KILL || this == PAUSE || this == SLOW_DISK;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** With whom it goes wrong. */
    public enum Target {
        /** Who leads, or the first member if nobody does. */
        LEADER,
        /** The member after the leader. */
        FOLLOWER,
        ALL
    }

    public Fault {
        if (atMillis < 0) {
            throw new IllegalArgumentException("atMillis is " + atMillis + ", expected 0 or more");
        }
        if (forMillis < 1) {
            throw new IllegalArgumentException("forMillis is " + forMillis + ", expected 1 or more");
        }
        if (target == Target.ALL && !kind.suitsAll()) {
            throw new IllegalArgumentException("target of " + kind.word() + " is all, expected leader or follower");
        }
    }

    /** One line, such as {@code at 400 ms isolate leader for 600 ms}, which {@link #parse} reads. */
    @Override
    public String toString() {
        return "at " + atMillis + " ms " + kind.word() + " " + target.name().toLowerCase(Locale.ROOT) + " for "
                + forMillis + " ms";
    }

    /** @throws IllegalArgumentException {@code line} is no fault; the message says what was expected */
    public static Fault parse(String line) {
        Matcher matcher = LINE.matcher(line.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "fault is '" + line + "', expected a line such as 'at 400 ms isolate leader for 600 ms'");
        }
        return new Fault(
                Long.parseLong(matcher.group(1)),
                kindOf(matcher.group(2)),
                Target.valueOf(matcher.group(3).toUpperCase(Locale.ROOT)),
                Long.parseLong(matcher.group(4)));
    }

    private static Kind kindOf(String word) {
        for (Kind kind : Kind.values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("fault is '" + word + "', expected one of "
                + Arrays.stream(Kind.values()).map(Kind::word).toList());
    }
}
