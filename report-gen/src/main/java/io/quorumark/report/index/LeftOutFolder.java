package io.quorumark.report.index;

/**
 * A folder that the index does without.
 *
 * @param folder below the folder that the index is of, as people read it
 * @param problem what is wrong with it, and what to do, in one line
 */
public record LeftOutFolder(String folder, String problem) {}
