package io.quorumark.raft;

import io.quorumark.raft.state.FrozenState;
import io.quorumark.raft.state.RecordWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests a frozen state as {@link ContentDigest} defines it. */
final class ContentDigests {
    private ContentDigests() {}

    static ContentDigest of(FrozenState state) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            RecordWriter writer = new RecordWriter(sha256::update);
            long count = state.writeTo(writer);
            writer.flush();
            return new ContentDigest(HexFormat.of().formatHex(sha256.digest()), count, state.appliedIndex());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
