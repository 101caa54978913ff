package io.quorumark.raft;

/**
 * The logical content of one replica: equal digests mean equal keys and values.
 *
 * <p>SHA-256 over, for each record in the order of keys as unsigned bytes: the key's length (4 bytes, big-endian), the key, the value's
 * length (4 bytes, big-endian), the value.
 *
 * @param sha256 64 lower-case hexadecimal digits
 * @param recordCount how many records there are
 * @param appliedIndex the last log entry whose effect is included
 */
public record ContentDigest(String sha256, long recordCount, long appliedIndex) {
    /** Whether the other replica holds the same records, whatever log entry it has come to. */
    public boolean sameContent(ContentDigest other) {
        return sha256.equals(other.sha256) && recordCount == other.recordCount;
    }
}
