package io.quorumark.raft.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class CommandTest {
    private static final byte[] KEY = {'k', 'e', 'y'};
    private static final byte[] VALUE = {1, 2};

    @Test
    void the_wire_format_is_as_documented() {
        assertThat(hex(CommandEncoder.put(KEY, 3, VALUE, 2))).isEqualTo("01" + "0003" + "00000002" + "6b6579" + "0102");
        assertThat(hex(CommandEncoder.delete(KEY, 3))).isEqualTo("02" + "0003" + "6b6579");
        assertThat(hex(CommandEncoder.deleteRange(KEY, 1, KEY, 2))).isEqualTo("03" + "0001" + "0002" + "6b" + "6b65");
        assertThat(hex(CommandEncoder.compareAndSet(KEY, 3, 258, VALUE, 2)))
                .isEqualTo("04" + "0003" + "00000002" + "0000000000000102" + "6b6579" + "0102");
        assertThat(hex(CommandEncoder.batch().requireEqual(KEY, 3, VALUE, 2).toCommand()))
                .isEqualTo("05" + "0003" + "00000002" + "02" + "6b6579" + "0102");
        assertThat(hex(CommandEncoder.batch().require(true, KEY, 3).toCommand()))
                .isEqualTo("05" + "0003" + "00000000" + "01" + "6b6579");
        assertThat(hex(CommandEncoder.add(KEY, 3, -2))).isEqualTo("06" + "0003" + "fffffffffffffffe" + "6b6579");
        assertThat(hex(CommandEncoder.batch().read(KEY, 3).toCommand())).isEqualTo("07" + "0003" + "6b6579");
        assertThat(hex(CommandEncoder.batch().remove(KEY, 3).toCommand())).isEqualTo("08" + "0003" + "6b6579");
    }

    @Test
    void the_parts_of_a_batch_have_one_order() {
        byte[] batch = CommandEncoder.batch()
                .read(KEY, 3)
                .require(true, KEY, 3)
                .remove(KEY, 3)
                .remove(KEY, 2)
                .put(KEY, 3, VALUE, 2)
                .toCommand();
        assertThatCode(() -> Command.check(batch)).doesNotThrowAnyException();
        assertThatThrownBy(() -> CommandEncoder.batch().delete(KEY, 3).remove(KEY, 3))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> CommandEncoder.batch().remove(KEY, 3).require(true, KEY, 3))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> CommandEncoder.batch().require(true, KEY, 3).read(KEY, 3))
                .isInstanceOf(IllegalStateException.class);
        for (byte[] misplaced : new byte[][] {
            CommandEncoder.add(KEY, 3, 1),
            CommandEncoder.batch().read(KEY, 3).toCommand(),
            CommandEncoder.batch().remove(KEY, 3).toCommand()
        }) {
            byte[] put = CommandEncoder.put(KEY, 3, VALUE, 2);
            assertThatThrownBy(() -> Command.check(joined(put, misplaced)))
                    .hasMessageContaining("operation " + misplaced[0] + " at byte " + put.length);
        }
        byte[] add = CommandEncoder.add(KEY, 3, 1);
        assertThatThrownBy(() -> Command.check(joined(add, add))).hasMessageContaining("malformed operation 6");
    }

    private static byte[] joined(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }

    @Test
    void conditions_come_first_and_are_well_formed() {
        byte[] batch = CommandEncoder.batch()
                .require(false, KEY, 3)
                .requireEqual(KEY, 2, VALUE, 2)
                .put(KEY, 3, VALUE, 2)
                .toCommand();
        assertThatCode(() -> Command.check(batch)).doesNotThrowAnyException();
        assertThatThrownBy(() -> CommandEncoder.batch().delete(KEY, 3).require(true, KEY, 3))
                .isInstanceOf(IllegalStateException.class);
        byte[] unknown = CommandEncoder.batch().require(true, KEY, 3).toCommand();
        unknown[7] = 3;
        assertThatThrownBy(() -> Command.check(unknown)).hasMessage("condition is 3, expected 0 to 2");
        byte[] valued = CommandEncoder.batch().requireEqual(KEY, 3, VALUE, 2).toCommand();
        valued[7] = 0;
        assertThatThrownBy(() -> Command.check(valued)).hasMessageContaining("condition ABSENT at byte 0 has a value");
    }

    @Test
    void everything_the_encoder_makes_passes_the_check() {
        byte[] batch = CommandEncoder.batch()
                .compareAndSet(KEY, 3, 0, VALUE, 2)
                .put(KEY, 3, VALUE, 0)
                .delete(KEY, 1)
                .deleteRange(KEY, 1, KEY, 3)
                .toCommand();
        assertThatCode(() -> Command.check(batch)).doesNotThrowAnyException();
    }

    @Test
    void every_truncation_of_a_command_is_refused() {
        byte[] put = CommandEncoder.put(KEY, 3, VALUE, 2);
        byte[] compareAndSet = CommandEncoder.compareAndSet(KEY, 3, 7, VALUE, 2);
        for (byte[] command : new byte[][] {
            put,
            compareAndSet,
            CommandEncoder.batch().requireEqual(KEY, 3, VALUE, 2).toCommand(),
            CommandEncoder.add(KEY, 3, 7),
            CommandEncoder.batch().read(KEY, 3).toCommand(),
            CommandEncoder.batch().remove(KEY, 3).toCommand(),
            CommandEncoder.delete(KEY, 3),
            CommandEncoder.deleteRange(KEY, 3, KEY, 3)
        }) {
            for (int length = 0; length < command.length; length++) {
                byte[] truncated = Arrays.copyOf(command, length);
                assertThatThrownBy(() -> Command.check(truncated)).isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    void a_compare_and_set_behind_another_operation_is_refused() {
        byte[] put = CommandEncoder.put(KEY, 3, VALUE, 2);
        byte[] compareAndSet = CommandEncoder.compareAndSet(KEY, 3, 7, VALUE, 2);
        assertThatThrownBy(() -> Command.check(joined(put, compareAndSet)))
                .hasMessageContaining("malformed operation 4 at byte " + put.length);
        assertThatThrownBy(() -> CommandEncoder.batch().put(KEY, 3, VALUE, 2).compareAndSet(KEY, 3, 7, VALUE, 2))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void keys_and_values_beyond_the_portable_limits_are_refused() {
        assertThatThrownBy(() -> CommandEncoder.put(new byte[512], 512, VALUE, 2))
                .hasMessageContaining("key has 512 bytes, expected 1 to 511");
        assertThatThrownBy(() -> CommandEncoder.delete(KEY, 0)).hasMessageContaining("key has 0 bytes");
        byte[] large = new byte[Command.MAX_BYTES];
        assertThatThrownBy(() -> CommandEncoder.put(KEY, 3, large, large.length))
                .hasMessageContaining("value has");
    }

    @Test
    void the_version_is_the_values_first_eight_bytes() {
        assertThat(Command.versionOf(ByteBuffer.wrap(new byte[] {0, 0, 0, 0, 0, 0, 1, 2, 99})))
                .isEqualTo(258);
        assertThat(Command.versionOf(ByteBuffer.wrap(new byte[] {1}))).isEqualTo(1L << 56);
        assertThat(Command.versionOf(ByteBuffer.wrap(new byte[0]))).isEqualTo(Command.ABSENT);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
