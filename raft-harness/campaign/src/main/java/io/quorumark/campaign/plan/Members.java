package io.quorumark.campaign.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.quorumark.raft.MemberAddress;
import io.quorumark.workload.spec.InvalidValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The members of a plan's groups: a number of them, started for each trial and gone after it; or the addresses of members that somebody
 * else has started and that run on, one list for the plan's only engine or one for each engine.
 */
public final class Members {
    private static final int MOST = 9;
    private static final String ONLY_ENGINE = "";

    private final int count;
    private final Map<String, List<String>> addresses;

    private Members(int count, Map<String, List<String>> addresses) {
        this.count = count;
        this.addresses = addresses;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Members of(JsonNode written) {
        if (written.isInt()) {
            return new Members(odd(written.intValue()), Map.of());
        }
        Map<String, List<String>> addresses = new TreeMap<>();
        if (written.isArray()) {
            addresses.put(ONLY_ENGINE, list(written));
        } else if (written.isObject()) {
            written.properties().forEach(entry -> addresses.put(entry.getKey(), list(entry.getValue())));
        } else {
            throw new InvalidValue("", written, "an odd number, a list of host:port, or such a list for each engine");
        }
        return new Members(0, addresses);
    }

    private static List<String> list(JsonNode written) {
        List<String> list = new ArrayList<>();
        for (JsonNode one : written) {
            String address = one.asText();
            if (!one.isTextual() || !MemberAddress.isId(address) || list.contains(address)) {
                throw new InvalidValue(
                        "", "'" + address + "'", "different addresses, each host:port with a port from 1 to 65534");
            }
            list.add(address);
        }
        odd(list.size());
        return List.copyOf(list);
    }

    private static int odd(int count) {
        if (count < 1 || count > MOST || count % 2 == 0) {
            throw new InvalidValue("", count, "an odd number from 1 to " + MOST);
        }
        return count;
    }

    /** Whether members run on their own, wherever they are. */
    public boolean areRemote() {
        return count == 0;
    }

    /** How many members one group has. */
    public int countFor(String engineId) {
        return areRemote() ? addressesFor(engineId).size() : count;
    }

    /**
     * The addresses of one engine's members; empty if members are started for each trial, or if the plan names none for that engine.
     */
    public List<String> addressesFor(String engineId) {
        List<String> own = addresses.get(engineId);
        return own != null ? own : addresses.getOrDefault(ONLY_ENGINE, List.of());
    }

    /** The engines that addresses are given for; null if there is one list for the only engine. */
    @Nullable
    List<String> engines() {
        return addresses.containsKey(ONLY_ENGINE) ? null : List.copyOf(addresses.keySet());
    }

    /** As it is written in a plan. */
    @JsonValue
    Object written() {
        if (!areRemote()) {
            return count;
        }
        return engines() == null ? addressesFor(ONLY_ENGINE) : addresses;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Members members && count == members.count && addresses.equals(members.addresses);
    }

    @Override
    public int hashCode() {
        return 31 * count + addresses.hashCode();
    }

    @Override
    public String toString() {
        return String.valueOf(written());
    }
}
