package io.quorumark.engine.bridge;

/**
 * The functions of {@code quorumark_engine.h}, under their names. Pointers and handles are {@code long}. None has more than six arguments,
 * of integers only: what is called so allocates nothing.
 */
public interface NativeCalls {
    int qm_abi_version();

    long qm_describe(long call);

    long qm_open(long engine, long engineLength, long config, long configLength, long call);

    long qm_close(long engine, long call);

    long qm_sync(long engine, long call);

    long qm_compact(long engine, long call);

    long qm_verify(long engine, long call);

    long qm_checkpoint(long engine, long folder, long length, long call);

    long qm_stats(long engine, long call);

    long qm_options(long engine, long call);

    long qm_health(long engine, long call);

    long qm_background_work(long engine, long call);

    long qm_session_open(long engine, long call);

    long qm_session_close(long session, long call);

    long qm_snapshot_open(long session, long call);

    long qm_snapshot_close(long snapshot, long call);

    long qm_get(long view, int keyspace, long call);

    long qm_write(long session, long batch, long batchLength, int level, long call);

    long qm_cursor_open(long view, int keyspace, long call);

    long qm_cursor_close(long cursor, long call);

    long qm_cursor_page(long cursor, int move, int maxEntries, long call);

    long qm_txn_open(long session, long call);

    long qm_txn_write(long txn, long batch, long batchLength, long call);

    long qm_txn_commit(long txn, int level, long call);

    long qm_txn_close(long txn, long call);

    long qm_test_nothing(long handle);

    long qm_test_panic(int kind, long call);
}
