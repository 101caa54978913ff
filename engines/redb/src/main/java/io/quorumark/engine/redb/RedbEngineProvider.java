package io.quorumark.engine.redb;

import io.quorumark.engine.Ability;
import io.quorumark.engine.Capabilities;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineFacts;
import io.quorumark.engine.Limits;
import io.quorumark.engine.Maintenance;
import io.quorumark.engine.bridge.NativeLibrary;
import io.quorumark.engine.bridge.NativeProvider;
import io.quorumark.engine.support.Options;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * redb as an engine.
 *
 * <p>{@code POWER_LOSS} is redb's {@code Durability::Immediate}. {@code NONE} is {@code Durability::None}: commits stay in redb's
 * memory until a sync, and so do the pages that they replace: the file grows until then. For {@code PROCESS_CRASH}, commits are
 * immediate and the storage backend leaves their syncs out. A file takes commits of one level: a commit without a sync uses the pages
 * again that the last synced one needs after a power cut.
 *
 * <p>A transaction is redb's one writer. redb checks its checksums and compacts in place only if it has the database alone, while
 * commits and reads wait: neither is claimed. A checkpoint is a compacted copy, and opening after an unclean end checks the whole
 * file.
 *
 * <p>What becomes of the memory budget: all of it is redb's page cache, which holds the changes of a commit too.
 *
 * <p>Native options: {@code quick_repair} and {@code two_phase_commit} ({@code false}, {@code true}); each makes a commit at {@code
 * POWER_LOSS} two syncs.
 */
public final class RedbEngineProvider extends NativeProvider {
    static final String ID = "redb";
    static final String VERSION = "4.6.0";

    /** redb takes longer keys and values up to 3 GiB; what is larger than a page takes that many consecutive ones. */
    private static final Limits LIMITS = new Limits(0, 65_535, 64 << 20);

    private static final Capabilities CAPABILITIES = new Capabilities(
            Set.of(Durability.NONE, Durability.PROCESS_CRASH, Durability.POWER_LOSS),
            false,
            true,
            true,
            false,
            Set.of(Ability.CONSTANT_TIME_SNAPSHOT, Ability.ONLINE_CHECKPOINT, Ability.TRANSACTIONS),
            LIMITS);

    public RedbEngineProvider() {
        super(ID, NativeLibrary.RUST, CAPABILITIES, "data.redb");
    }

    @Override
    public EngineFacts facts() {
        return new EngineFacts(
                "redb",
                "redb " + VERSION + " (Rust)",
                "copy-on-write B+ tree",
                "MIT OR Apache-2.0",
                Maintenance.ACTIVE,
                List.of(
                        "After an unclean end, opening reads and checks the whole file, unless quick_repair is on.",
                        "At NONE no page is used again before a sync: the file grows with every commit until then."));
    }

    @Override
    protected Map<String, String> settings(EngineConfig config) {
        Options options = new Options(ID, config);
        Map<String, String> settings = Map.of(
                "quick_repair",
                Boolean.toString(options.flag("quick_repair", false)),
                "two_phase_commit",
                Boolean.toString(options.flag("two_phase_commit", false)));
        options.refuseUnknown();
        return settings;
    }
}
