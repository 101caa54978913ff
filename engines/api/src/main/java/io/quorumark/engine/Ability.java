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
    /** {@link KVEngine#compact} gives space back or speeds up reads. Without it, the call is refused. */
    COMPACTION
}
