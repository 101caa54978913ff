package io.quorumark.engine.lmdb;

import io.quorumark.engine.Ability;
import io.quorumark.engine.Capabilities;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.EngineFacts;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Limits;
import io.quorumark.engine.Maintenance;
import io.quorumark.engine.support.ClaimedFolder;
import io.quorumark.engine.support.NativeLibraries;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.Buffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Env;

/**
 * LMDB as an engine.
 *
 * <p>{@code POWER_LOSS} is LMDB's default, {@code PROCESS_CRASH} is {@code MDB_NOSYNC}. There is no {@code NONE}: its cheapest mode
 * hands every commit to the
 * operating system already. An environment syncs every commit or none, so the levels do not mix.
 *
 * <p>A transaction is LMDB's one writer: every other writer waits until it ends. Verifying reads every page; LMDB keeps no checksums,
 * see {@link IntegrityCheck}.
 *
 * <p>Native options: {@code max_readers}, {@code nordahead}, {@code nomeminit}. lmdbjava's own checks repeat this adapter's; {@code
 * -Dlmdbjava.disable.checks=true}
 * turns them off for the whole process.
 */
public final class LmdbEngineProvider implements EngineProvider {
    static final String ID = "lmdb";

    /** 511 is LMDB's compiled-in limit. LMDB takes values up to 4 GiB, but each must find that many consecutive free pages. */
    static final Limits LIMITS = new Limits(1, 511, 64 << 20);

    private static final Capabilities CAPABILITIES = new Capabilities(
            Set.of(Durability.PROCESS_CRASH, Durability.POWER_LOSS),
            false,
            true,
            true,
            false,
            Set.of(
                    Ability.CONSTANT_TIME_SNAPSHOT,
                    Ability.ONLINE_CHECKPOINT,
                    Ability.TRANSACTIONS,
                    Ability.INTEGRITY_CHECK),
            LIMITS);

    private static final List<String> OPENED_PACKAGES = List.of("java.nio", "sun.nio.ch");

    @Override
    public String id() {
        return ID;
    }

    @Override
    public EngineFacts facts() {
        Properties versions = libraryVersions();
        return new EngineFacts(
                "LMDB",
                "lmdbjava " + versions.getProperty("lmdbjava") + " (LMDB " + versions.getProperty("lmdb") + ")",
                "copy-on-write B+ tree",
                "Apache-2.0 AND OLDAP-2.8",
                Maintenance.ACTIVE,
                List.of("Reads through the page cache: the memory budget binds LMDB only inside a memory cgroup."));
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public List<String> requiredJvmFlags() {
        return OPENED_PACKAGES.stream()
                .map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED")
                .toList();
    }

    @Override
    public List<String> backgroundThreads() {
        return List.of("jnr.ffi");
    }

    @Override
    public boolean unpacksLibrary() {
        return true;
    }

    @Override
    public void checkOptions(EngineConfig config) {
        LmdbSettings unused = LmdbSettings.of(config);
    }

    @Override
    public KVEngine open(EngineConfig config) {
        if (!CAPABILITIES.durabilities().contains(config.durability())) {
            throw unsupported(
                    config.directory(),
                    "it cannot be opened at " + config.durability() + "; open it at one of "
                            + CAPABILITIES.durabilities(),
                    null);
        }
        LmdbSettings settings = LmdbSettings.of(config);
        checkFlags(config.directory());
        ClaimedFolder folder = DataFolder.claim(config.directory());
        try {
            return new LmdbEngine(config, settings, OpenEnvironment.open(config, settings, folder));
        } catch (LinkageError e) {
            folder.closeAfter(e);
            throw unsupported(config.directory(), whyNotLoaded(e), e);
        } catch (RuntimeException e) {
            folder.closeAfter(e);
            throw e;
        }
    }

    /** The library itself and the one that it is called through are unpacked, each where a property says. */
    private static String whyNotLoaded(LinkageError failure) {
        String temporary = System.getProperty("java.io.tmpdir");
        String own = System.getProperty("lmdbjava.extract.dir");
        return NativeLibraries.whyNotLoaded(
                Path.of(own == null ? temporary : own),
                own == null ? "java.io.tmpdir" : "lmdbjava.extract.dir",
                failure,
                "use a platform that lmdbjava supports, and a java.io.tmpdir from where libraries may be loaded");
    }

    // Without them, lmdbjava fails at its first use, and differently on every JDK.
    private void checkFlags(Path directory) {
        Module base = Buffer.class.getModule();
        Module library = Env.class.getModule();
        if (!OPENED_PACKAGES.stream().allMatch(name -> base.isOpen(name, library))) {
            throw unsupported(
                    directory, "it needs the JVM flags " + requiredJvmFlags() + "; start Java with them", null);
        }
    }

    private static EngineException.Unsupported unsupported(Path directory, String problem, @Nullable Throwable cause) {
        return new EngineException.Unsupported(ID, directory, problem, cause);
    }

    private static Properties libraryVersions() {
        Properties properties = new Properties();
        try (InputStream in = LmdbEngineProvider.class.getResourceAsStream("library.properties")) {
            properties.load(Objects.requireNonNull(in, "library.properties"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
