package io.quorumark.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * An open engine.
 *
 * <pre>{@code
 * Keyspace orders = new Keyspace(0, "orders");
 * EngineConfig config = EngineConfig.of(folder, List.of(orders), level);
 * try (KVEngine engine = provider.open(config);
 *         Session session = engine.openSession();
 *         WriteBatch batch = session.newBatch()) {
 *     batch.put(orders, key, value);
 *     session.commit(batch, level); // survives what the level says from here on
 *     if (session.get(orders, key, found) == Reader.NOT_FOUND) {
 *         throw new NoSuchElementException("no such order");
 *     }
 * }
 * }</pre>
 *
 * <p>Thread-safe; its handles are each for one thread at a time. After its close, every method but {@link #keyspaces},
 * {@link #takeBackgroundWork} and {@link #close} throws {@link EngineException.Closed}, also those that the engine does not support.
 * What an interrupt may do is said in the package's description.
 */
public interface KVEngine extends AutoCloseable {
    /** The keyspaces it was opened with. */
    List<Keyspace> keyspaces();

    /** What a batch may hold in this engine as it was opened, in bytes; never less than {@link Limits#maxBatchBytes}. */
    default long maxBatchBytes() {
        return Limits.NO_BATCH_LIMIT;
    }

    /** Opens one thread's data path. The caller closes it before the engine. */
    Session openSession();

    /**
     * Makes every commit that was acknowledged so far survive power loss. In an engine that was opened at a weaker level than
     * {@link Durability#POWER_LOSS} that is sure until the next commit begins: some engines write a commit over what the ones before it
     * need, and unless that is synced too, a power cut may take both, or leave what cannot be opened. Who counts on a synced state copies
     * it ({@link #checkpoint}), or syncs again after the last commit.
     *
     * @throws EngineException.Unsupported the engine has no way to do so
     */
    void sync();

    /**
     * Makes an openable copy of the latest state. A process that is killed meanwhile may leave an unfinished copy beside the target,
     * which stops nobody and can be removed.
     *
     * @param absentTarget a path where nothing exists yet, in an existing folder; the copy is complete and durable on return, or absent
     * @return what was written, sealed. Restoring is opening the target, or {@link Checkpoint#restore} to check it first and keep it
     * @throws EngineException.Io the target exists or cannot be written. Of several calls with one target at a time, one succeeds
     */
    Checkpoint checkpoint(Path absentTarget);

    /**
     * Pays outstanding compaction or collection work now and returns when it is done.
     *
     * @throws EngineException.Unsupported {@link Ability#COMPACTION} is not claimed
     */
    void compact();

    /**
     * Adds a backup of the latest state to a folder of backups, copying only what the folder does not hold yet.
     *
     * @param folder made if absent; the backup is complete and durable on return, or not there
     * @throws EngineException.Unsupported {@link Ability#INCREMENTAL_BACKUP} is not claimed
     * @throws EngineException.Io the folder holds something else or cannot be written
     */
    Backup backup(Path folder);

    /**
     * Reads everything that is stored and checks it, as deeply as the engine can. Takes time in proportion to the data; readers and
     * writers go on.
     *
     * @throws EngineException.Corruption something is damaged; the message says where
     * @throws EngineException.Unsupported {@link Ability#INTEGRITY_CHECK} is not claimed
     */
    void verify();

    /**
     * Whether the engine can do its work, from what it knows without reading data: errors in the background, stalls, room left. Cheap
     * like {@link #stats}. An engine that refuses all commits, whatever made it do so, is {@link Health.Status#FAILED}.
     */
    Health health();

    /** What the engine says of itself, with units. Cheap enough to be read once a second. */
    EngineStats stats();

    /**
     * What the engine did in its background and has ended since the last call, in the order of the ends; each piece of work is told once.
     * Reports name it beside calls that took long. An engine that does {@link #compact} tells that too, before the call returns. Cheap
     * enough to be called once a second, and without cost for other calls: an engine keeps a bounded number of pieces, as
     * {@link io.quorumark.engine.support.FinishedWork} does, and forgets the oldest. A closed or failed engine does not refuse it.
     *
     * @return empty if the engine has no work beside its calls, or cannot tell
     */
    default List<BackgroundWork> takeBackgroundWork() {
        return List.of();
    }

    /** The settings in force, read back from the engine if it can tell; keys are the engine's own names. */
    Map<String, String> effectiveOptions();

    /**
     * Closes the engine. A call of this interface that another thread is in is waited for; one that comes later throws
     * {@link EngineException.Closed}. Commits at the level the engine was opened with, or weaker ones, are not made durable by closing.
     *
     * @throws IllegalStateException a session, snapshot, cursor or batch is still open; the message names them, and the engine stays
     * open and usable. A second
     *     close does nothing
     */
    @Override
    void close();
}
