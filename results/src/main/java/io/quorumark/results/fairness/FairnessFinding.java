package io.quorumark.results.fairness;

/**
 * Something that a reader must know before the numbers.
 *
 * @param check which check found it, such as {@code same-operations}
 * @param severity what it means for the campaign
 * @param sentence for people
 */
public record FairnessFinding(String check, Severity severity, String sentence) {
    /** What a finding means for the campaign, the worst last. */
    public enum Severity {
        /** Read the numbers with it in mind. */
        NOTE,
        /** The comparison is unfair: exit code 5. */
        UNFAIR,
        /** Acknowledged data was lost or changed: exit code 4. */
        INCORRECT
    }
}
