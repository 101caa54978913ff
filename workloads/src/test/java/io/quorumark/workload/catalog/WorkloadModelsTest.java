package io.quorumark.workload.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WorkloadModelsTest {
    /** A model that is not among them could be named by no file, and nothing would say so. */
    @Test
    void every_model_is_among_them() throws IOException {
        List<String> written;
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/io/quorumark/workload/model"))) {
            written = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Model.java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .toList();
        }
        assertThat(WorkloadModels.all())
                .extracting(model -> model.getClass().getSimpleName())
                .containsExactlyInAnyOrderElementsOf(written);
    }
}
