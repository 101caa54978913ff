package io.quorumark.engine.durability;

/**
 * What an engine did wrong.
 *
 * @param detail one line
 */
public record Problem(Kind kind, String detail) {
    /** From bad to worse. */
    public enum Kind {
        /** An acknowledged batch is not there. */
        LOST,
        /** What is there is not the content after any batch. */
        TORN,
        /** The engine does not open what it left. */
        UNOPENABLE
    }
}
