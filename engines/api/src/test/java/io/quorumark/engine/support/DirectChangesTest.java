package io.quorumark.engine.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DirectChangesTest {
    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] content(DirectChanges changes) {
        byte[] content = new byte[changes.length()];
        changes.bytes().get(0, content);
        return content;
    }

    @Test
    void a_change_is_laid_out_as_the_header_of_native_engines_says() {
        DirectChanges changes = new DirectChanges(1);
        changes.put(3, bytes("key"), bytes("value"));
        assertThat(content(changes))
                .containsExactly(0, 3, 0, 0, 3, 0, 0, 0, 5, 0, 0, 0, 'k', 'e', 'y', 'v', 'a', 'l', 'u', 'e');
        changes.clear();
        changes.delete(255, bytes("k"));
        assertThat(content(changes)).containsExactly(1, -1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 'k');
        changes.clear();
        changes.deleteRange(0, bytes("a"), bytes("b"));
        assertThat(content(changes)).containsExactly(2, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 'a', 'b');
    }

    @Test
    void what_was_added_is_read_back_from_a_buffer_that_has_grown() {
        DirectChanges changes = new DirectChanges(16);
        ByteBuffer key =
                ByteBuffer.allocateDirect(8).put(2, (byte) 7).position(2).limit(3);
        for (int i = 0; i < 100; i++) {
            changes.put(i * 600, key, bytes("v".repeat(i)));
        }
        assertThat(key.position()).isEqualTo(2);
        assertThat(key.remaining()).isEqualTo(1);
        int at = 0;
        for (int i = 0; i < 100; i++) {
            assertThat(changes.kindAt(at)).isEqualTo(DirectChanges.PUT);
            assertThat(changes.keyspaceAt(at)).isEqualTo(i * 600);
            assertThat(changes.firstLengthAt(at)).isEqualTo(1);
            assertThat(changes.secondLengthAt(at)).isEqualTo(i);
            assertThat(changes.bytes().get(at + DirectChanges.HEADER_BYTES)).isEqualTo((byte) 7);
            at += DirectChanges.HEADER_BYTES + 1 + i;
        }
        assertThat(changes.length()).isEqualTo(at);
    }
}
