package io.quorumark.engine.xodus;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.Keyspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
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

    private final Path realPath;
    private final XodusErrors errors;

    private XodusFolder(Path realPath, XodusErrors errors) {
        this.realPath = realPath;
        this.errors = errors;
    }

    /** Makes the folder where absent and claims it; whoever fails to open it then releases the claim. */
    static XodusFolder claim(Path directory, XodusErrors errors) {
        Path realPath;
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectory(directory);
            }
            realPath = directory.toRealPath();
        } catch (IOException e) {
            throw errors.io("the folder cannot be made or read (" + e + "); its parent must exist and be writable", e);
        }
        if (!OpenFolders.claim(realPath)) {
            throw errors.locked(null);
        }
        return new XodusFolder(realPath, errors);
    }

    Path realPath() {
        return realPath;
    }

    EnvironmentImpl openEnvironment(EngineConfig config) {
        EnvironmentConfig settings = XodusSettings.from(config);
        refuseForeignFiles(config.directory());
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

    private void refuseForeignFiles(Path directory) {
        try (Stream<Path> entries = Files.list(realPath)) {
            List<String> foreign = entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !name.matches(OWN_FILES))
                    .sorted()
                    .toList();
            if (!foreign.isEmpty()) {
                throw new EngineException.Corruption(
                        XodusEngineProvider.ID,
                        directory,
                        "the folder holds " + foreign + ", which Xodus did not write; choose an empty folder",
                        null);
            }
        } catch (IOException e) {
            throw errors.io("the folder cannot be listed (" + e + "); check its permissions", e);
        }
    }

    /**
     * Xodus syncs its folder for the first log file of an opening only: it closes the folder's channel together with the first full file. A file whose name is not
     * on the device would take every commit in it along at a power cut.
     */
    private void syncFolderForEveryNewFile(EnvironmentImpl environment) {
        environment.getLog().addBlockListener(new AbstractBlockListener() {
            @Override
            public void blockCreated(Block block, DataReader reader, DataWriter writer) {
                Directories.sync(realPath, errors);
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
