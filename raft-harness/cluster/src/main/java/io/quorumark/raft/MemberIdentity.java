package io.quorumark.raft;

import io.quorumark.raft.store.StoreMark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a member's folder says of whose it is, so that no member starts from another one's log. */
final class MemberIdentity {
    private static final String FILE = "member.properties";
    private static final String FORMAT = "format=1\n";

    private MemberIdentity() {}

    /**
     * Claims the folder for the member, or checks that it is its own.
     *
     * @throws ClusterException.UntrustedStore it belongs to another member or group, or was written in another format
     */
    static void claim(MemberConfig config) {
        String wanted = FORMAT + "group=" + config.groupId() + "\nmember=" + config.id() + "\n";
        Path file = config.directory().resolve(FILE);
        try {
            Files.createDirectories(config.directory());
            if (!Files.exists(file)) {
                StoreMark.writeDurably(file, wanted);
                return;
            }
            String found = Files.readString(file, StandardCharsets.UTF_8);
            if (!found.equals(wanted)) {
                throw new ClusterException.UntrustedStore(file + " says '" + oneLine(found) + "', expected '"
                        + oneLine(wanted) + "'; use that member's folder, or an empty one to join anew");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot claim " + config.directory() + ": " + e.getMessage(), e);
        }
    }

    private static String oneLine(String text) {
        return text.strip().replace('\n', ' ');
    }
}
