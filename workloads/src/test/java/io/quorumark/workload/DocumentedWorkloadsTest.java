package io.quorumark.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.workload.catalog.WorkloadCatalog;
import io.quorumark.workload.catalog.WorkloadFile;
import io.quorumark.workload.catalog.WorkloadModels;
import io.quorumark.workload.trace.TraceFile;
import io.quorumark.workload.trace.TraceFormat;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page about workloads says what is so. */
class DocumentedWorkloadsTest {
    private static final Path PAGE = Path.of("..", "docs", "workloads.md");

    @TempDir
    Path folder;

    @Test
    void the_examples_can_be_used_as_they_stand() throws IOException {
        List<String> tables = blocks("csv");
        Files.writeString(folder.resolve("order-sizes.csv"), tables.get(0));
        Files.writeString(folder.resolve("tuesday.csv"), tables.get(1));
        Files.writeString(folder.resolve("tuesday.json"), blocks("json").get(0));
        List<String> workloads = blocks("yaml");
        assertThat(workloads).hasSize(2);
        for (String workload : workloads) {
            Path file = folder.resolve("example.yaml");
            Files.writeString(file, workload);
            Operation operation = new Operation();
            try (OperationStream stream = WorkloadFile.read(file).openStream(1, 100)) {
                while (stream.position() < 1_000) {
                    stream.next(operation);
                }
            }
        }
        assertThat(TraceFile.read(folder.resolve("tuesday.json"), TraceFormat.JSON_LINES, null)
                        .rows())
                .isEqualTo(2);
    }

    @Test
    void every_workload_key_and_operation_class_is_there() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(WorkloadCatalog.names()).allSatisfy(name -> assertThat(page).contains("| `" + name + "` |"));
        for (WorkloadModel model : WorkloadModels.all()) {
            assertThat(model.operationClasses())
                    .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
        }
        assertKeys(page, "", WorkloadSpec.class);
        for (WorkloadModel model : WorkloadModels.all()) {
            Class<? extends ModelSection> section = model.sectionType();
            if (section != null) {
                assertKeys(page, model.sectionKey() + ".", section);
            }
        }
    }

    private static void assertKeys(String page, String prefix, Class<?> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getName().equals("section")) {
                continue;
            }
            if (component.getType().isRecord()) {
                assertKeys(page, component.getName() + ".", component.getType());
            } else {
                assertThat(page).contains("`" + prefix + component.getName() + "`");
            }
        }
    }

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map(MatchResult::group)
                .map(block -> block.substring(language.length() + 4, block.length() - 3))
                .toList();
    }
}
