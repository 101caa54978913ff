package io.quorumark.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentDigestTest {
    @TempDir
    Path directory;

    @Test
    void the_digest_is_what_its_documentation_says() throws NoSuchAlgorithmException {
        try (Group group = Group.start(ClusterConfig.of(directory, Engines.spec("rocksdb"), Engines.spec("rocksdb"))
                .withMembers(1))) {
            group.put("b", "two");
            group.put("a", "one");
            byte[] records = ByteBuffer.allocate(4 * 4 + 2 + 6)
                    .putInt(1)
                    .put(Group.bytes("a"))
                    .putInt(3)
                    .put(Group.bytes("one"))
                    .putInt(1)
                    .put(Group.bytes("b"))
                    .putInt(3)
                    .put(Group.bytes("two"))
                    .array();
            ContentDigest digest = group.leader().digest();
            assertThat(digest.recordCount()).isEqualTo(2);
            assertThat(digest.sha256())
                    .isEqualTo(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(records)));
        }
    }
}
