package io.quorumark.jmh.raw;

import io.quorumark.engine.EngineConfig;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import jetbrains.exodus.ArrayByteIterable;
import jetbrains.exodus.ByteIterable;
import jetbrains.exodus.ByteIterator;
import jetbrains.exodus.env.Cursor;
import jetbrains.exodus.env.EnvironmentConfig;
import jetbrains.exodus.env.EnvironmentImpl;
import jetbrains.exodus.env.Environments;
import jetbrains.exodus.env.Store;
import jetbrains.exodus.env.StoreConfig;
import jetbrains.exodus.env.Transaction;
import jetbrains.exodus.log.BlockByteIterator;
import org.jspecify.annotations.Nullable;

/**
 * Xodus's own API, without a sync ({@code PROCESS_CRASH}). Gets keep one read-only transaction for as long as nothing was committed. A tree
 * may keep what it is given until its commit has ended, so writes pass it arrays of their own.
 */
@SuppressWarnings("ByteBufferBackingArray") // All buffers come from allocate().
final class RawXodus implements EngineAccess {
    private final EnvironmentImpl environment;
    private final Store store;

    /** Keys and values by turns. */
    private final List<ByteIterable> batch = new ArrayList<>();

    private final byte[] room = new byte[64 << 10];
    private @Nullable Transaction reading;
    private @Nullable Transaction scanning;
    private @Nullable Cursor cursor;

    RawXodus(EngineConfig config) {
        environment =
                (EnvironmentImpl) Environments.newInstance(config.directory().toFile(), settings(config));
        String name = config.keyspaces().get(0).name();
        store = environment.computeInExclusiveTransaction(
                transaction -> environment.openStore(name, StoreConfig.WITHOUT_DUPLICATES, transaction));
    }

    private static EnvironmentConfig settings(EngineConfig config) {
        EnvironmentConfig settings = new EnvironmentConfig();
        settings.setLogDurableWrite(false);
        settings.setMemoryUsage(config.memoryBudgetBytes());
        settings.setLogCacheShared(false);
        settings.setManagementEnabled(false);
        settings.setEnvMonitorTxnsExpirationTimeout(0);
        settings.setGcFilesDeletionDelay(0);
        settings.setLogAllowRamDisk(true);
        settings.setLogAllowRemovable(true);
        settings.setLogAllowRemote(true);
        settings.setLogFileSize(8 << 10);
        settings.setLogCachePageSize(64 << 10);
        settings.setTreeMaxPageSize(128);
        settings.setEnvStoreGetCacheSize(0);
        settings.setGcEnabled(true);
        settings.setGcStartIn(10_000);
        settings.setGcMinUtilization(50);
        return settings;
    }

    EnvironmentConfig settingsInForce() {
        return environment.getEnvironmentConfig();
    }

    @Override
    public ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocate(bytes);
    }

    @Override
    public int get(ByteBuffer key, ByteBuffer target) {
        ByteIterable value = store.get(latest(), new ArrayByteIterable(key.array()));
        if (value == null) {
            return NOT_FOUND;
        }
        int length = value.getLength();
        read(value, length, target.array());
        return length;
    }

    private Transaction latest() {
        Transaction kept = reading;
        if (kept != null) {
            if (kept.getHighAddress() == environment.getLog().getHighAddress()) {
                return kept;
            }
            kept.abort();
        }
        Transaction begun = environment.beginReadonlyTransaction();
        reading = begun;
        return begun;
    }

    @Override
    public void put(ByteBuffer key, ByteBuffer value) {
        ByteIterable ownKey = copyOf(key);
        ByteIterable ownValue = copyOf(value);
        environment.executeInExclusiveTransaction(transaction -> store.put(transaction, ownKey, ownValue));
    }

    @Override
    public void addToBatch(ByteBuffer key, ByteBuffer value) {
        batch.add(copyOf(key));
        batch.add(copyOf(value));
    }

    @Override
    public void commitBatch() {
        environment.executeInExclusiveTransaction(transaction -> {
            for (int i = 0; i < batch.size(); i += 2) {
                store.put(transaction, batch.get(i), batch.get(i + 1));
            }
        });
        batch.clear();
    }

    @Override
    public long next() {
        Cursor open = cursor;
        if (open == null) {
            scanning = environment.beginReadonlyTransaction();
            open = store.openCursor(scanning);
            cursor = open;
        }
        if (!open.getNext()) {
            open.getSearchKeyRange(ByteIterable.EMPTY);
        }
        ByteIterable key = open.getKey();
        int keyLength = key.getLength();
        read(key, keyLength, room);
        byte keyByte = room[0];
        ByteIterable value = open.getValue();
        int valueLength = value.getLength();
        read(value, valueLength, room);
        return EngineAccess.digest(keyLength, keyByte, valueLength, room[0]);
    }

    @Override
    public void close() {
        if (cursor != null) {
            cursor.close();
        }
        if (scanning != null) {
            scanning.abort();
        }
        if (reading != null) {
            reading.abort();
        }
        environment.close();
    }

    private static ByteIterable copyOf(ByteBuffer buffer) {
        return new ArrayByteIterable(buffer.array().clone());
    }

    /** By blocks if Xodus can, its fastest way out of a page. */
    private static void read(ByteIterable source, int length, byte[] target) {
        ByteIterator iterator = source.iterator();
        if (iterator instanceof BlockByteIterator blocks) {
            int copied = 0;
            while (copied < length) {
                copied += blocks.nextBytes(target, copied, length - copied);
            }
        } else {
            System.arraycopy(source.getBytesUnsafe(), 0, target, 0, length);
        }
    }
}
