package io.quorumark.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class SlotsTest {
    private final Slots slots = new Slots(2);
    private final List<String> offered = new ArrayList<>();

    private static boolean never() {
        throw new AssertionError("it had one at once");
    }

    private BooleanSupplier waiting(String name, boolean takes) {
        return () -> {
            offered.add(name);
            return takes;
        };
    }

    @Test
    void who_finds_none_is_offered_one_in_turn() {
        assertThat(slots.take(SlotsTest::never)).isTrue();
        assertThat(slots.take(SlotsTest::never)).isTrue();
        assertThat(slots.take(waiting("a", true))).isFalse();
        assertThat(slots.take(waiting("b", true))).isFalse();
        slots.giveBack();
        assertThat(offered).containsExactly("a");
        slots.giveBack();
        assertThat(offered).containsExactly("a", "b");
        assertThat(slots.taken()).isEqualTo(2);
        slots.giveBack();
        slots.giveBack();
        assertThat(slots.taken()).isZero();
        assertThat(slots.take(SlotsTest::never)).isTrue();
    }

    @Test
    void who_has_gone_is_passed_over_however_many_they_are() {
        assertThat(slots.take(SlotsTest::never)).isTrue();
        assertThat(slots.take(SlotsTest::never)).isTrue();
        for (int i = 0; i < 100_000; i++) {
            assertThat(slots.take(waiting("gone", false))).isFalse();
        }
        assertThat(slots.take(waiting("here", true))).isFalse();
        slots.giveBack();
        assertThat(offered).hasSize(100_001).endsWith("here");
        slots.giveBack();
        slots.giveBack();
        assertThat(slots.taken()).isZero();
    }
}
