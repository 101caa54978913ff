package io.quorumark.raft.nemesis;

import java.util.Arrays;
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
    private static final Pattern LINE = Pattern.compile("at (\\d{1,9}) ms ([a-z-]+) ([a-z-]+) for (\\d{1,9}) ms");

    /** What can go wrong. */
    public enum Kind {
        /** A member is stopped in an orderly way, and started again at the end. */
        STOP("stop"),
        /** A member's process is killed with SIGKILL, and started again at the end. */
        KILL("kill"),
        /** A member's process is stopped with SIGSTOP, and goes on at the end as if no time had passed. */
        PAUSE("pause"),
        /** A member is cut off from all others. */
        ISOLATE("isolate"),
        /** What a member sends is lost; it still hears the others. */
        CUT_OUTGOING("cut-outgoing"),
        /** What is sent to a member is lost; the others still hear it. */
        CUT_INCOMING("cut-incoming"),
        /** Every commit of a member takes long. */
        SLOW_DISK("slow-disk"),
        /** Every commit of a member fails for want of room; the member, which has given up by then, is started again at the end. */
        FULL_DISK("full-disk");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        /** Whether it can happen to all members at once and leave something to find. */
        boolean suitsAll() {
            return this == STOP || this == KILL || this == PAUSE || this == SLOW_DISK;
        }

        /** As schedules and evidence have it; does not follow from the constant's name. */
        String code() {
            return code;
        }

        /** @throws IllegalArgumentException no kind has this code */
        static Kind ofCode(String code) {
            return switch (code) {
                case "stop" -> STOP;
                case "kill" -> KILL;
                case "pause" -> PAUSE;
                case "isolate" -> ISOLATE;
                case "cut-outgoing" -> CUT_OUTGOING;
                case "cut-incoming" -> CUT_INCOMING;
                case "slow-disk" -> SLOW_DISK;
                case "full-disk" -> FULL_DISK;
                default ->
                    throw new IllegalArgumentException("kind of fault is '" + code + "', expected one of "
                            + Arrays.stream(values()).map(Kind::code).toList());
            };
        }
    }

    /** With whom it goes wrong. */
    public enum Target {
        /** Who leads, or the first member if nobody does. */
        LEADER("leader"),
        /** The member after the leader. */
        FOLLOWER("follower"),
        ALL("all");

        private final String code;

        Target(String code) {
            this.code = code;
        }

        /** As schedules and evidence have it; does not follow from the constant's name. */
        String code() {
            return code;
        }

        /** @throws IllegalArgumentException no target has this code */
        static Target ofCode(String code) {
            return switch (code) {
                case "leader" -> LEADER;
                case "follower" -> FOLLOWER;
                case "all" -> ALL;
                default ->
                    throw new IllegalArgumentException("target of a fault is '" + code + "', expected one of "
                            + Arrays.stream(values()).map(Target::code).toList());
            };
        }
    }

    public Fault {
        if (atMillis < 0) {
            throw new IllegalArgumentException("atMillis is " + atMillis + ", expected 0 or more");
        }
        if (forMillis < 1) {
            throw new IllegalArgumentException("forMillis is " + forMillis + ", expected 1 or more");
        }
        if (target == Target.ALL && !kind.suitsAll()) {
            throw new IllegalArgumentException("target of " + kind.code() + " is all, expected leader or follower");
        }
    }

    /** One line, such as {@code at 400 ms isolate leader for 600 ms}, which {@link #parse} reads. */
    @Override
    public String toString() {
        return "at " + atMillis + " ms " + kind.code() + " " + target.code() + " for " + forMillis + " ms";
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
                Kind.ofCode(matcher.group(2)),
                Target.ofCode(matcher.group(3)),
                Long.parseLong(matcher.group(4)));
    }
}
