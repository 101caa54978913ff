package io.quorumark.engine;

import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Set;

/**
 * What an engine promises, declared before it is opened and tested by the conformance kit.
 *
 * @param durabilities the levels it can be opened at
 * @param mixedDurability whether an engine opened at one level also takes commits at the weaker levels in {@code durabilities}, from
 *     {@link Durability#PROCESS_CRASH} on; it may refuse to mix {@link Durability#NONE} with others. If false, every commit must ask for
 *     exactly the level in {@link EngineConfig#durability()}
 * @param crashConsistent whether, after {@code kill -9}, the engine opens again with an exact prefix of its commits, if it was opened at
 *     {@link Durability#PROCESS_CRASH} or above. At {@link Durability#NONE}, or if false, a Raft member throws the folder away after
 *     an unclean end and
 *     rebuilds it from snapshot and log; if false, the engine cannot serve as a durable log
 * @param retainsData false only for the null engine, which forgets everything it is given
 * @param dataOnHeap whether all data lies on the Java heap while the engine is open, whatever its memory budget: the heap must then be
 * larger than the data. False for an
 *     engine that keeps no more there than caches within its budget
 * @param abilities what works beyond the shared contract
 * @param limits key and value sizes
 */
public record Capabilities(
        Set<Durability> durabilities,
        boolean mixedDurability,
        boolean crashConsistent,
        boolean retainsData,
        boolean dataOnHeap,
        Set<Ability> abilities,
        Limits limits) {

    public Capabilities {
        if (durabilities.isEmpty()) {
            throw new IllegalArgumentException("durabilities is empty, expected at least one level");
        }
        durabilities = Set.copyOf(EnumSet.copyOf(durabilities));
        abilities = Set.copyOf(abilities);
    }

    public boolean has(Ability ability) {
        return abilities.contains(ability);
    }

    /** Whether an engine that was opened at {@code level} can be trusted with what it holds after {@code kill -9}. */
    public boolean survivesKill(Durability level) {
        return crashConsistent && level.isAtLeast(Durability.PROCESS_CRASH);
    }

    /** Whether an acknowledged Raft entry is safe in this engine at {@code durability}. */
    public boolean canServeAsLog(Durability durability) {
        return crashConsistent && durabilities.contains(durability);
    }

    /** The strongest supported level that is no stronger than {@code wanted}, or the weakest supported one if there is none. */
    public Durability strongestUpTo(Durability wanted) {
        return durabilities.stream()
                .filter(wanted::isAtLeast)
                .max(Comparator.naturalOrder())
                .orElseGet(() -> Collections.min(durabilities));
    }
}
