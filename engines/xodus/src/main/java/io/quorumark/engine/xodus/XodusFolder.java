package io.quorumark.engine.xodus;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.support.ClaimedFolder;
import io.quorumark.engine.support.Folders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jetbrains.exodus.env.Environment;
import jetbrains.exodus.env.EnvironmentConfig;
import jetbrains.exodus.env.EnvironmentImpl;
import jetbrains.exodus.env.Environments;
import jetbrains.exodus.env.Store;
import jetbrains.exodus.env.StoreConfig;
import jetbrains.exodus.io.Block;
import jetbrains.exodus.io.DataReader;
import jetbrains.exodus.io.DataWriter;
import jetbrains.exodus.log.AbstractBlockListener;

/** An engine's folder, claimed for this process, and the way to an open environment in it. */
final class XodusFolder {
    private static final String OWN_FILES = ".*\\.(xd|del)|xd\\.lck|checkpoint\\.seal";

    private final ClaimedFolder claimed;
    private final Path realPath;
    private final XodusErrors errors;

    private XodusFolder(ClaimedFolder claimed, XodusErrors errors) {
        this.claimed = claimed;
        this.realPath = claimed.path();
        this.errors = errors;
    }

    /** Makes the folder if it is absent and claims it; Xodus itself locks it against other processes. */
    static XodusFolder claim(Path directory, XodusErrors errors) {
        return new XodusFolder(
                ClaimedFolder.claimWithinProcess(
                        XodusEngineProvider.ID,
                        directory,
                        realPath -> ClaimedFolder.refuseForeignFiles(
                                XodusEngineProvider.ID, directory, name -> name.matches(OWN_FILES))),
                errors);
    }

    /** Gives the folder back. */
    void release() {
        try {
            claimed.close();
        } catch (IOException e) {
            throw errors.io("the folder cannot be released (" + e + "); end the process", e);
        }
    }

    /** Makes the names in the folder durable. */
    void force() {
        try {
            Folders.force(realPath);
        } catch (IOException e) {
            throw errors.io("the folder cannot be synced (" + e + "); close the engine", e);
        }
    }

    Path realPath() {
        return realPath;
    }

    EnvironmentImpl openEnvironment(EngineConfig config) {
        EnvironmentConfig settings = XodusSettings.from(config);
        EnvironmentImpl environment;
        try {
            environment = (EnvironmentImpl) Environments.newInstance(realPath.toFile(), settings);
        } catch (RuntimeException e) {
            throw errors.translateOpen(e);
        }
        if (config.durability() == Durability.POWER_LOSS) {
            syncFolderForEveryNewFile(environment);
        }
        return environment;
    }

    Store[] openStores(EnvironmentImpl environment, EngineConfig config) {
        List<Keyspace> keyspaces = config.keyspaces();
        try {
            return environment.computeInExclusiveTransaction(transaction -> keyspaces.stream()
                    .map(keyspace ->
                            (Store) environment.openStore(keyspace.name(), StoreConfig.WITHOUT_DUPLICATES, transaction))
                    .toArray(Store[]::new));
        } catch (RuntimeException e) {
            closeAfter(e, environment);
            throw errors.translateOpen(e);
        }
    }

    /**
     * Xodus syncs its folder for the first log file of an opening only: it closes the folder's channel together with the first full file. A
     * file whose name is not on the device would take every commit in it along at a power cut.
     */
    private void syncFolderForEveryNewFile(EnvironmentImpl environment) {
        environment.getLog().addBlockListener(new AbstractBlockListener() {
            @Override
            public void blockCreated(Block block, DataReader reader, DataWriter writer) {
                force();
            }
        });
    }

    private static void closeAfter(RuntimeException failure, Environment environment) {
        try {
            environment.close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }
}
