package io.quorumark.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AlikeTest {
    private static final List<String> NAMES = List.of("RocksDB", "LMDB");

    @Test
    void sentences_that_differ_in_names_and_numbers_alone_are_told_once() {
        assertThat(Alike.merged(
                        List.of(
                                "RocksDB, block 1: late.",
                                "Two processors.",
                                "LMDB, block 2: late.",
                                "LMDB, block 13: late."),
                        NAMES))
                .containsExactly(
                        "RocksDB, block 1: late. The same, with other names and numbers, 2 times more.",
                        "Two processors.");
    }

    @Test
    void one_that_ends_without_a_full_stop_gets_one_before_the_next_sentence() {
        assertThat(Alike.merged(List.of("block 1: late (2 s)", "block 2: late (3 s)", "block 3: late (4 s)"), NAMES))
                .containsExactly("block 1: late (2 s). The same, with other names and numbers, 2 times more.");
    }

    @Test
    void two_alike_stay_as_they_are() {
        List<String> two = List.of("RocksDB, block 1: late.", "LMDB, block 2: late.");
        assertThat(Alike.merged(two, NAMES)).isEqualTo(two);
    }

    @Test
    void a_caveat_is_labelled_by_its_beginning() {
        assertThat(Caveat.of("Not crash-safe in any mode: a member recovers from its log.")
                        .label())
                .isEqualTo("Not crash-safe in any mode");
        assertThat(Caveat.of("Its makers announce a sunset.").label()).isEqualTo("Its makers announce a sunset");
    }
}
