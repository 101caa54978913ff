package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The campaign that is kept with the program is whole, its documents are those that the program makes of it now, and what other documents
 * repeat is what they say. {@code scripts/reference} makes documents and repetitions anew ({@code -Dreference.write=true}).
 */
class KeptCampaignTest {
    private static final String REMEDY = "; scripts/reference makes all that follows from the kept results anew";
    private static final String BEGIN = "<!-- begin written by scripts/reference -->\n";
    private static final String END = "\n<!-- end written by scripts/reference -->";

    @Test
    void verify_finds_nothing_in_the_kept_campaign_and_its_documents() {
        CommandLineRun run = CommandLineRun.of("verify", KeptCampaign.FOLDER.toString());
        assertThat(run.exitCode()).as(run.out() + run.err() + REMEDY).isZero();
        assertThat(run.out()).contains(", 0 findings in files and documents, ");
    }

    @Test
    void the_second_opinion_agrees_with_every_figure_of_the_kept_campaign() throws Exception {
        RecheckRun run = RecheckRun.compiledOn(KeptCampaign.FOLDER);
        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output()).contains(", 0 differ");
    }

    static Stream<Arguments> repetitions() throws IOException {
        KeptCampaign kept = KeptCampaign.read();
        return Stream.of(
                Arguments.of("README.md", kept.answer()), Arguments.of("results/reference/README.md", kept.details()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("repetitions")
    void a_document_repeats_what_report_and_record_say(String name, String said) throws IOException {
        Path file = KeptCampaign.CHECKOUT.resolve(name);
        if (Boolean.getBoolean("reference.write")) {
            List<String> parts = parts(file);
            Files.writeString(file, parts.get(0) + BEGIN + said + END + parts.get(2));
        }
        assertThat(parts(file).get(1))
                .as("what %s says of the kept campaign%s", name, REMEDY)
                .isEqualTo(said);
    }

    /** What stands before the markers, between them, and after them. */
    private static List<String> parts(Path file) throws IOException {
        String text = Files.readString(file);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END, begin);
        assertThat(begin).as("'%s' in %s", BEGIN.strip(), file).isNotNegative();
        assertThat(end).as("'%s' after it in %s", END.strip(), file).isNotNegative();
        return List.of(
                text.substring(0, begin),
                text.substring(begin + BEGIN.length(), end),
                text.substring(end + END.length()));
    }
}
