package io.quorumark.engine;

/** What an engine may be able to do beyond the contract that all share. A claimed ability works; an unclaimed one is refused. */
public enum Ability {
    /** Opening a snapshot takes constant time, whatever the data size. Without it, a snapshot is a copy made at opening. */
    CONSTANT_TIME_SNAPSHOT,
    /** Deleting a range takes (nearly) constant time. Without it, a range delete visits every key. */
    CONSTANT_TIME_RANGE_DELETE,
    /** Commits of several sessions proceed side by side. Without it, the engine (or its adapter) takes one writer at a time. */
    CONCURRENT_WRITERS,
    /** The engine makes one sync serve the commits of several sessions. */
    GROUP_COMMIT,
    /** {@link KVEngine#checkpoint} runs while writers go on. Without it, writers wait until the copy is made. */
    ONLINE_CHECKPOINT,
    /**
     * {@link KVEngine#compact} gives space back or speeds up reads, and {@link KVEngine#takeBackgroundWork} tells it. Without it, the call
     * is refused.
     */
    COMPACTION,
    /** {@link Session#openTransaction} gives transactions that find conflicts. */
    TRANSACTIONS,
    /** {@link KVEngine#backup} copies only what changed since the backup before. */
    INCREMENTAL_BACKUP,
    /** {@link KVEngine#verify} reads back what is stored and checks it against checksums or structure. */
    INTEGRITY_CHECK,
    /** The native option {@value #COMPRESSION_OPTION} takes {@code none} (the default) and at least {@code lz4}. */
    VALUE_COMPRESSION,
    /** The native options {@value #ENCRYPTION_OPTION} and {@value #ENCRYPTION_KEY_FILE_OPTION} keep everything on the device encrypted. */
    ENCRYPTION;

    /** How values are compressed before they are written; see {@link #VALUE_COMPRESSION}. */
    public static final String COMPRESSION_OPTION = "compression";

    /** {@code none} (the default), {@code aes-gcm} or {@code chacha20-poly1305}; see {@link #ENCRYPTION}. */
    public static final String ENCRYPTION_OPTION = "encryption";

    /** The path of a file with the key: 64 hexadecimal digits (256 bits). */
    public static final String ENCRYPTION_KEY_FILE_OPTION = "encryption_key_file";
}
