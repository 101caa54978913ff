package io.quorumark.results.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.results.model.Trial;
import io.quorumark.results.sample.SampleCampaign;
import io.quorumark.results.sample.SampleLoad;
import io.quorumark.results.sample.SampleShape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The stored format to the byte, whatever language the machine speaks. After an intended change, take the new files from
 * {@code target/golden}.
 */
class StoredFormatTest {
    private static final SampleShape SHAPE = SampleShape.QUICK.withSize(1, 1);

    @TempDir
    Path temp;

    private final Locale before = Locale.getDefault();

    @AfterEach
    void restore_the_locale() {
        Locale.setDefault(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en-US", "de-DE", "tr-TR", "ar"})
    void files_are_the_same_in_every_language(String language) throws IOException {
        Locale.setDefault(Locale.forLanguageTag(language));
        SampleCampaign sample = SampleCampaign.of(SHAPE);
        assertThatGolden("campaign.json", sample.campaign());
        assertThatGolden("trial.json", sample.trials().get(0).trial());
    }

    @ParameterizedTest
    @ValueSource(strings = {"de-DE", "tr-TR", "ar"})
    void a_folder_written_in_one_language_is_read_in_another(String language) throws IOException {
        Locale.setDefault(Locale.forLanguageTag(language));
        SampleCampaign sample = SampleCampaign.of(SHAPE);
        CampaignFolder folder = sample.writeTo(temp.resolve("campaign"));
        try (var names = Files.list(folder.trials())) {
            assertThat(names.map(path -> path.getFileName().toString()))
                    .allMatch(name -> name.matches("b001-[0-9a-f]{12}\\.(json|hlog)"));
        }
        Locale.setDefault(Locale.US);
        assertThat(CampaignReader.read(folder.root()).trials())
                .isEqualTo(sample.unsaved().trials());
    }

    @Test
    void figures_are_written_alike_by_every_jdk() {
        // Double.toString gave 1.9999999999999998E23 until JDK 18
        assertThat(ResultsJson.write(Map.of("figure", Double.parseDouble("2e23"))))
                .contains("2.0E23");
    }

    @Test
    void percentiles_are_in_the_order_of_their_values() {
        String json = ResultsJson.write(
                new Trial.Latency(1, 1, 1, Map.of("99.9", 3.0, "50", 1.0, "100", 4.0, "99", 2.0), null));
        assertThat(json.replaceAll("\\s", "")).contains("{\"50\":1.0,\"99\":2.0,\"99.9\":3.0,\"100\":4.0}");
    }

    @Test
    void a_log_tells_the_windows_of_a_trial_apart_and_one_of_before_has_none_to_tell() {
        assertThat(tags(SampleLoad.CLOSED)).containsExactly("read", "update");
        assertThat(tags(SampleLoad.PACED)).containsExactly("read", "update", "paced:read", "paced:update");
        assertThat(tags(SampleLoad.SWEEP))
                .contains("read", "update", "step-1:read", "step-1:update")
                .as("the step whose figures are the trial's")
                .hasSize(2 * sample(SampleLoad.SWEEP).trial().steps().size());
    }

    private static SampleCampaign.DrawnTrial sample(SampleLoad load) {
        return SampleCampaign.of(SHAPE.withLoad(load)).trials().get(0);
    }

    private static Set<String> tags(SampleLoad load) {
        return sample(load)
                .histogramLog()
                .lines()
                .filter(line -> line.startsWith("Tag="))
                .map(line -> line.substring("Tag=".length(), line.indexOf(',')))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static void assertThatGolden(String name, Object stored) throws IOException {
        String actual = ResultsJson.write(stored);
        Path written = Path.of("target", "golden", name);
        Files.createDirectories(Objects.requireNonNull(written.getParent()));
        Files.writeString(written, actual);
        try (InputStream golden = StoredFormatTest.class.getResourceAsStream(name)) {
            assertThat(golden).as("golden file " + name).isNotNull();
            assertThat(actual).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
