package io.quorumark.engine.rocksdb;

import org.rocksdb.AbstractEventListener;
import org.rocksdb.BackgroundErrorReason;
import org.rocksdb.Status;

/**
 * Declines RocksDB's own recovery from background errors, so that commits are refused from then on. While it tries to recover from a full
 * device, which it does until there is room, commits whose memtables are full wait inside the library without limit, and closing waits
 * for them.
 */
final class StopAtFirstError extends AbstractEventListener {
    StopAtFirstError() {
        super(EnabledEventCallback.ON_ERROR_RECOVERY_BEGIN);
    }

    @Override
    public boolean onErrorRecoveryBegin(BackgroundErrorReason reason, Status backgroundError) {
        return false;
    }
}
