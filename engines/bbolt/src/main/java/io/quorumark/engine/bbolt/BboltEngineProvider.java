package io.quorumark.engine.bbolt;

import io.quorumark.engine.Ability;
import io.quorumark.engine.Capabilities;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
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
 * bbolt, the store under etcd and Consul, as an engine.
 *
 * <p>{@code POWER_LOSS} is bbolt's default, {@code PROCESS_CRASH} is {@code NoSync}. There is no {@code NONE}: its cheapest mode hands
 * every commit to the operating system already. The levels do not mix: a power cut after unsynced commits may take the whole file, those
 * synced before included.
 *
 * <p>A transaction is bbolt's one writer. Verifying follows every page; bbolt keeps no checksums of them.
 *
 * <p>What becomes of the memory budget: bbolt has no cache to give it to; it reads through the page cache, and a commit keeps the pages it
 * changes on Go's heap, which is limited to the budget and a quarter. {@code maxDataBytes} is the address range that is mapped, and the
 * size at which commits are refused.
 *
 * <p>Native options: {@code freelist_type} ({@code map}, {@code array}). {@code no_freelist_sync} is refused: after a commit that failed,
 * bbolt would follow all pages in a goroutine of its own, in which one that cannot be read ends the process.
 */
public final class BboltEngineProvider extends NativeProvider {
    static final String ID = "bbolt";
    static final String VERSION = "1.5.0";
    private static final String NO_LIST = "no_freelist_sync";

    /** bbolt takes values up to 2 GiB, but each must find that many consecutive free pages. */
    private static final Limits LIMITS = new Limits(1, 32_768, 64 << 20);

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

    public BboltEngineProvider() {
        super(ID, NativeLibrary.GO, CAPABILITIES, "data.bolt");
    }

    @Override
    public EngineFacts facts() {
        return new EngineFacts(
                "bbolt",
                "bbolt " + VERSION + " (Go)",
                "copy-on-write B+ tree",
                "MIT",
                Maintenance.ACTIVE,
                List.of("Reads through the page cache: the memory budget binds bbolt only inside a memory cgroup."));
    }

    @Override
    protected Map<String, String> settings(EngineConfig config) {
        Options options = new Options(ID, config);
        Map<String, String> settings = Map.of("freelist_type", options.text("freelist_type", "map", "map", "array"));
        if (options.flag(NO_LIST, false)) {
            throw new EngineException.InvalidOption(
                    ID,
                    config.directory(),
                    "option " + NO_LIST
                            + " is 'true', expected false: after a commit that failed, bbolt would end the process at a page"
                            + " that cannot be read; remove it from the plan");
        }
        options.refuseUnknown();
        return settings;
    }
}
