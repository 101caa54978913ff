package io.quorumark.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AlikeTest {
    private static final List<String> NAMES = List.of("RocksDB", "LMDB");

    @Test
    void sentences_that_differ_in_names_and_numbers_alone_are_told_once_with_all_of_them() {
        assertThat(Alike.merged(
                        List.of(
                                "RocksDB, block 13: late.",
                                "Two processors.",
                                "LMDB, block 2: late.",
                                "LMDB, block 13: late."),
                        NAMES))
                .containsExactly("3 alike: RocksDB and LMDB, block 2 and 13: late.", "Two processors.");
    }

    @Test
    void of_many_numbers_the_least_and_the_most_are_told() {
        assertThat(Alike.merged(
                        List.of(
                                "LMDB, block 2: 1,100 of 2,000 ops",
                                "LMDB, block 10: 900 of 2,000 ops",
                                "LMDB, block 3: 9.5 of 2,000 ops",
                                "LMDB, block 4: 80 of 2,000 ops"),
                        NAMES))
                .containsExactly("4 alike: LMDB, block 2 to 10: 9.5 to 1,100 of 2,000 ops");
    }

    @Test
    void of_many_names_eight_are_told() {
        List<String> names =
                IntStream.range(0, 10).mapToObj(i -> "E" + (char) ('a' + i)).toList();
        assertThat(Alike.merged(names.stream().map(name -> name + " is late.").toList(), names))
                .containsExactly("10 alike: Ea, Eb, Ec, Ed, Ee, Ef, Eg, Eh and 2 more is late.");
    }

    @Test
    void sentences_that_list_one_name_or_several_are_alike() {
        assertThat(Alike.merged(List.of("Of RocksDB: late.", "Of LMDB: late.", "Of RocksDB and LMDB: late."), NAMES))
                .containsExactly("3 alike: Of RocksDB; LMDB; RocksDB and LMDB: late.");
    }

    @Test
    void a_name_inside_a_word_is_a_part_of_the_sentence() {
        assertThat(Alike.merged(
                        List.of("none counts: a", "none counts: a", "none counts: b"), List.of("a", "b", "one")))
                .containsExactly("3 alike: none counts: a and b");
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
