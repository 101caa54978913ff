package io.quorumark.engine;

import java.nio.file.Path;

/**
 * A finished copy of an engine's state.
 *
 * @param directory where it is; open it with the same provider and keyspaces
 * @param bytes the sum of its files' lengths
 */
public record Checkpoint(Path directory, long bytes) {}
