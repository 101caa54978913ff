package io.quorumark.raft.command;

/** What a command may require of a record before it has any effect. */
public enum Condition {
    /** There is no such record. */
    ABSENT(0),
    /** There is such a record, whatever its value. */
    PRESENT(1),
    /** There is such a record, and its whole value is the expected one. */
    EQUAL(2);

    private final byte code;

    Condition(int code) {
        this.code = (byte) code;
    }

    byte code() {
        return code;
    }

    /** @throws IllegalArgumentException there is none with this code */
    public static Condition of(byte code) {
        return switch (code) {
            case 0 -> ABSENT;
            case 1 -> PRESENT;
            case 2 -> EQUAL;
            default -> throw new IllegalArgumentException("condition is " + code + ", expected 0 to 2");
        };
    }
}
