package io.quorumark.engine.mapdb;

import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;

/**
 * One writer at a time, or any number of readers, of whom none goes before a writer that waits: readers that follow one another would keep
 * it out for ever. Nothing is allocated where nobody has to wait; a {@code ReentrantReadWriteLock} keeps an object for every reader that
 * comes while another reads. Neither side may begin what it has begun already.
 */
final class ReadersAndWriter {
    private final StampedLock lock = new StampedLock();
    /** A writer's from when it waits until it has ended; readers that come meanwhile wait for it. */
    private final ReentrantLock writing = new ReentrantLock();

    /** @return to be given to {@link #endReading} */
    long beginReading() {
        if (!writing.isLocked()) {
            return lock.readLock();
        }
        writing.lock();
        try {
            return lock.readLock();
        } finally {
            writing.unlock();
        }
    }

    void endReading(long stamp) {
        lock.unlockRead(stamp);
    }

    /** @return to be given to {@link #endWriting} */
    long beginWriting() {
        writing.lock();
        return lock.writeLock();
    }

    void endWriting(long stamp) {
        lock.unlockWrite(stamp);
        writing.unlock();
    }

    /** @return for {@link #isUntouched}; 0 while somebody writes */
    long lookBeside() {
        return lock.tryOptimisticRead();
    }

    /** Whether nobody has written since {@link #lookBeside}. */
    boolean isUntouched(long stamp) {
        return lock.validate(stamp);
    }
}
