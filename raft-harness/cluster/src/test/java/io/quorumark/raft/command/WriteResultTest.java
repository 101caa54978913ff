package io.quorumark.raft.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.raft.command.WriteResult.Outcome;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class WriteResultTest {
    @Test
    void the_wire_format_is_as_documented() {
        assertThat(hex(WriteResult.APPLIED)).isEqualTo("00");
        assertThat(hex(WriteResult.CONFLICT)).isEqualTo("01");
        assertThat(hex(WriteResult.NOT_A_NUMBER)).isEqualTo("02");
        assertThat(hex(WriteResult.OVERFLOW)).isEqualTo("03");
        assertThat(hex(WriteResult.applied(258))).isEqualTo("00" + "0000000000000102" + "00");
        assertThat(hex(new WriteResult(Outcome.CONFLICT, 0, new byte[] {7})))
                .isEqualTo("01" + "0000000000000000" + "01" + "07");
    }

    private static String hex(WriteResult result) {
        return HexFormat.of().formatHex(result.encode());
    }

    @Test
    void what_was_encoded_is_decoded() {
        for (Outcome outcome : Outcome.values()) {
            for (byte[] previous : new byte[][] {null, {}, {1, 2, 3}}) {
                for (long number : new long[] {0, 1, Long.MIN_VALUE, Long.MAX_VALUE}) {
                    WriteResult read = WriteResult.decode(new WriteResult(outcome, number, previous).encode());
                    assertThat(read.outcome()).isEqualTo(outcome);
                    assertThat(read.number()).isEqualTo(number);
                    assertThat(read.previous()).isEqualTo(previous);
                }
            }
        }
    }

    @Test
    void anything_else_is_refused() {
        for (byte[] bytes : new byte[][] {{}, {4}, {-1}, {0, 0}, new byte[9]}) {
            assertThatThrownBy(() -> WriteResult.decode(bytes)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
