package io.quorumark.raft.linearizability;

/**
 * One operation of one client on one record, and how it ended. Values are numbers other than 0, stored in 8 bytes, so that a record's value
 * is its version.
 *
 * @param client who asked; a label only: a client may have several operations outstanding
 * @param kind what was asked
 * @param key of the record
 * @param expected the version a compare-and-set asked for, {@link #ABSENT} for none; 0 for other kinds
 * @param value what was to be written; for a read, what was read, {@link #ABSENT} if there was no record
 * @param outcome how it ended
 * @param invokeNanos when it was asked, on a clock that all clients share
 * @param returnNanos when the answer came, on the same clock; {@link #NEVER} if the outcome is unknown
 */
public record Operation(
        int client,
        Kind kind,
        String key,
        long expected,
        long value,
        Outcome outcome,
        long invokeNanos,
        long returnNanos) {
    /** The value and version that stand for "no such record". */
    public static final long ABSENT = 0;

    /** When an operation of unknown outcome returns: it may take effect at any later time. */
    public static final long NEVER = Long.MAX_VALUE;

    /** What a client can ask. */
    public enum Kind {
        GET("GET"),
        PUT("PUT"),
        DELETE("DELETE"),
        COMPARE_AND_SET("COMPARE_AND_SET");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        /** As files have it; does not follow from the constant's name. */
        String code() {
            return code;
        }

        /** @throws IllegalArgumentException there is none with this code */
        static Kind ofCode(String code) {
            return switch (code) {
                case "GET" -> GET;
                case "PUT" -> PUT;
                case "DELETE" -> DELETE;
                case "COMPARE_AND_SET" -> COMPARE_AND_SET;
                default ->
                    throw new IllegalArgumentException(
                            "kind is '" + code + "', expected GET, PUT, DELETE or COMPARE_AND_SET");
            };
        }
    }

    /** How an operation ended. */
    public enum Outcome {
        /** It took effect. */
        OK("OK"),
        /** A compare-and-set found another version: it had no effect. */
        CONFLICT("CONFLICT"),
        /** The group promised that it had and will have no effect. */
        NOT_DONE("NOT_DONE"),
        /** It may have taken effect, or may yet, or never will. */
        UNKNOWN("UNKNOWN");

        private final String code;

        Outcome(String code) {
            this.code = code;
        }

        /** As files have it; does not follow from the constant's name. */
        String code() {
            return code;
        }

        /** @throws IllegalArgumentException there is none with this code */
        static Outcome ofCode(String code) {
            return switch (code) {
                case "OK" -> OK;
                case "CONFLICT" -> CONFLICT;
                case "NOT_DONE" -> NOT_DONE;
                case "UNKNOWN" -> UNKNOWN;
                default ->
                    throw new IllegalArgumentException(
                            "outcome is '" + code + "', expected OK, CONFLICT, NOT_DONE or UNKNOWN");
            };
        }
    }

    public Operation {
        if (key.isEmpty()) {
            throw new IllegalArgumentException("key is empty, expected a name");
        }
        boolean writesValue = kind == Kind.PUT || kind == Kind.COMPARE_AND_SET;
        if (writesValue == (value == ABSENT) && kind != Kind.GET) {
            throw new IllegalArgumentException("value of " + kind + " is " + value + ", expected "
                    + (writesValue ? "a number other than 0, which stands for no record" : "0"));
        }
        if (expected != ABSENT && kind != Kind.COMPARE_AND_SET) {
            throw new IllegalArgumentException("expected of " + kind + " is " + expected + ", expected 0");
        }
        if (outcome == Outcome.CONFLICT && kind != Kind.COMPARE_AND_SET) {
            throw new IllegalArgumentException("outcome of " + kind + " is CONFLICT, which only COMPARE_AND_SET has");
        }
        if ((outcome == Outcome.UNKNOWN) != (returnNanos == NEVER)) {
            throw new IllegalArgumentException("returnNanos is " + returnNanos + " at outcome " + outcome
                    + ", expected a time for a known outcome and none for an unknown one");
        }
        if (returnNanos < invokeNanos) {
            throw new IllegalArgumentException(
                    "returnNanos is " + returnNanos + ", expected at least invokeNanos, " + invokeNanos);
        }
    }

    /**
     * Whether the answer, or the lack of one, tells anything about the record: not for what was not done, nor for a read without answer.
     */
    boolean constrains() {
        return outcome != Outcome.NOT_DONE && (kind != Kind.GET || outcome != Outcome.UNKNOWN);
    }

    /** Whether it changed nothing, whatever the record held: a read, or a compare-and-set that found another version. */
    boolean changesNothing() {
        return kind == Kind.GET || outcome == Outcome.CONFLICT;
    }

    boolean isOpen() {
        return outcome == Outcome.UNKNOWN;
    }

    /** What was asked and answered, such as {@code compare-and-set 3 -> 7 ok}; without key, client and times. */
    public String describe() {
        String asked = switch (kind) {
            case GET -> outcome == Outcome.OK ? "get = " + shown(value) : "get";
            case PUT -> "put " + value;
            case DELETE -> "delete";
            case COMPARE_AND_SET -> "compare-and-set " + shown(expected) + " -> " + value;
        };
        return switch (outcome) {
            case OK -> asked + (kind == Kind.GET ? "" : " ok");
            case CONFLICT -> asked + " conflict";
            case NOT_DONE -> asked + " not done";
            case UNKNOWN -> asked + " ?";
        };
    }

    private static String shown(long version) {
        return version == ABSENT ? "absent" : Long.toString(version);
    }
}
