package io.quorumark.jmh.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.options.CommandLineOptionException;

class OverheadArgumentsTest {
    private static final List<String> ENGINES = List.of("bbolt", "redb");
    private static final List<String> OPERATIONS = List.of("get", "next");

    private static OverheadArguments of(String... arguments) throws CommandLineOptionException {
        return OverheadArguments.of(arguments, ENGINES, OPERATIONS, "out.json");
    }

    @Test
    void without_arguments_everything_is_measured_in_six_rounds() throws Exception {
        OverheadArguments all = of();
        assertThat(all.engines()).isEqualTo(ENGINES);
        assertThat(all.operations()).isEqualTo(OPERATIONS);
        assertThat(all.rounds()).isEqualTo(6);
        assertThat(all.jsonFile()).isEqualTo("out.json");
    }

    @Test
    void options_of_jmh_choose() throws Exception {
        OverheadArguments chosen = of("next", "-p", "engine=redb", "-p", "valueBytes=8", "-f", "2", "-rff", "two.json");
        assertThat(chosen.engines()).containsExactly("redb");
        assertThat(chosen.operations()).containsExactly("next");
        assertThat(chosen.rounds()).isEqualTo(2);
        assertThat(chosen.jsonFile()).isEqualTo("two.json");
        assertThat(chosen.oneFork().getParameter("valueBytes").get()).containsExactly("8");
    }

    @Test
    void what_cannot_be_compared_is_refused_in_one_line() {
        assertThatThrownBy(() -> of("got"))
                .isInstanceOf(CommandLineOptionException.class)
                .hasMessage(
                        "operations are [got], expected some of [get, next]; options begin with a dash, as JMH's do");
        assertThatThrownBy(() -> of("-p", "engine=lmdb"))
                .isInstanceOf(CommandLineOptionException.class)
                .hasMessageStartingWith("engines are [lmdb], expected some of [bbolt, redb]");
    }
}
