package io.quorumark.endpoint;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often each address has shown a wrong password lately. After {@value #BURST} in a row an address may try once a second. Memory is
 * bounded: the address that has tried least recently is forgotten for a new one. Thread-safe.
 */
final class FailedAttempts {
    static final int BURST = 10;
    static final int MOST_ADDRESSES = 4096;

    private static final double NANOS_PER_ATTEMPT = 1e9;

    /** Hosts of version 6 have as many addresses as they like below such a prefix. */
    private static final int PREFIX_BYTES_6 = 8;

    private final Map<String, Level> levels = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Level> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    /** @param failures less one for each second since */
    private record Level(double failures, long atNanos) {
        double at(long nanos) {
            return Math.max(0, failures - (nanos - atNanos) / NANOS_PER_ATTEMPT);
        }
    }

    /** Whether the address may try now. */
    synchronized boolean mayTry(InetAddress from, long nowNanos) {
        Level level = levels.get(network(from));
        return level == null || level.at(nowNanos) <= BURST - 1;
    }

    synchronized void failed(InetAddress from, long nowNanos) {
        String network = network(from);
        Level level = levels.get(network);
        levels.put(network, new Level((level == null ? 0 : level.at(nowNanos)) + 1, nowNanos));
    }

    synchronized int addresses() {
        return levels.size();
    }

    private static String network(InetAddress from) {
        byte[] address = from.getAddress();
        return HexFormat.of()
                .formatHex(from instanceof Inet6Address ? Arrays.copyOf(address, PREFIX_BYTES_6) : address);
    }
}
