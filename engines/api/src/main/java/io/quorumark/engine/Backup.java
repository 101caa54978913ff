package io.quorumark.engine;

import java.nio.file.Path;

/**
 * One backup in a folder of backups that share what has not changed between them.
 *
 * @param folder the folder of backups
 * @param number counts up from 1 within the folder; what {@link EngineProvider#restoreBackup} asks for
 * @param addedBytes what this backup copied into the folder
 * @param totalBytes what restoring it would copy out
 */
public record Backup(Path folder, int number, long addedBytes, long totalBytes) {}
