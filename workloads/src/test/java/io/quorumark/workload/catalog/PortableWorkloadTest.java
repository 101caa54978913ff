package io.quorumark.workload.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names of the files that go with a workload. */
class PortableWorkloadTest {
    @TempDir
    Path folder;

    @Test
    void files_of_one_name_in_two_folders_get_two_names() throws IOException {
        Path file = Files.writeString(
                folder.resolve("w.yaml"), "values: {file: a/s.csv}\ntrace: {file: b/s.csv, format: csv}\n");

        PortableWorkload portable = PortableWorkload.of(file, "w");

        assertThat(portable.companions())
                .isEqualTo(Map.of("w_s.csv", folder.resolve("a/s.csv"), "w__s.csv", folder.resolve("b/s.csv")));
        assertThat(portable.yaml())
                .isEqualTo("values: {file: \"w_s.csv\"}\ntrace: {file: \"w__s.csv\", format: csv}\n");
    }

    @Test
    void no_file_has_the_name_of_a_workload_or_of_another_ones_file() throws IOException {
        Path file = Files.writeString(folder.resolve("w.yaml"), "values: {file: eu.yaml}\n");
        assertThat(PortableWorkload.of(file, "w").companions()).containsOnlyKeys("w_eu.yaml");
        assertThat(PortableWorkload.of(file, "w-eu").companions()).containsOnlyKeys("w-eu_eu.yaml");
    }
}
