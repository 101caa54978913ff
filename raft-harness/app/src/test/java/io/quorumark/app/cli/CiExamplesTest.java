package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.CommandSpec;

/** The examples that users copy, and this project's own workflows: they parse, and use no option that the program does not have. */
class CiExamplesTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern COMMAND =
            Pattern.compile("scripts/quorumark\\s+(gate|history)\\s((?:[^\\n]|(?<=\\\\)\\n)*)");
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*");

    @ParameterizedTest
    @ValueSource(strings = {".github/workflows/ci.yml", ".github/workflows/perf.yml", "docs/ci/github-actions.yml"})
    void github_workflows_have_steps_and_pin_actions_by_major_version(String file) throws Exception {
        JsonNode workflow = new YAMLMapper().readTree(ROOT.resolve(file).toFile());
        assertThat(workflow.get("on")).isNotNull();
        assertThat(workflow.get("jobs")).isNotEmpty().allSatisfy(job -> {
            assertThat(job.get("runs-on").asText()).isNotBlank();
            assertThat(job.get("timeout-minutes").asInt()).isPositive();
            assertThat(job.get("steps"))
                    .isNotEmpty()
                    .allSatisfy(step -> assertThat(step.has("uses") != step.has("run"))
                            .as(step.toString())
                            .isTrue());
        });
        assertThat(workflow.findValuesAsText("uses")).allMatch(action -> action.matches("[\\w./-]+@v[0-9]+"));
    }

    @Test
    void the_gitlab_job_has_a_script_and_shows_junit() throws Exception {
        JsonNode job = new YAMLMapper()
                .readTree(ROOT.resolve("docs/ci/gitlab-ci.yml").toFile())
                .get("gate");
        assertThat(job.get("script")).allMatch(JsonNode::isTextual).hasSize(3);
        assertThat(job.at("/artifacts/reports/junit").asText()).isEqualTo("out/gate.xml");
    }

    @Test
    void the_pipeline_closes_what_it_opens() throws Exception {
        String text = Files.readString(ROOT.resolve("docs/ci/Jenkinsfile")).replaceAll("(?m)//.*$", "");
        assertThat(text.split("'''", -1)).hasSize(3);
        assertThat(text.chars().filter(c -> c == '{').count())
                .isEqualTo(text.chars().filter(c -> c == '}').count());
        assertThat(text).startsWith("\npipeline {").contains("stages {", "post {");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".github/workflows/perf.yml",
                "docs/ci/github-actions.yml",
                "docs/ci/gitlab-ci.yml",
                "docs/ci/Jenkinsfile",
                "docs/gate.md"
            })
    void every_option_exists(String file) throws Exception {
        String text =
                Files.readString(ROOT.resolve(file)).replaceAll(">-\\n\\s+", "").replaceAll("\\n\\s+--", " --");
        Matcher command = COMMAND.matcher(text);
        int commands = 0;
        while (command.find()) {
            CommandSpec spec = Objects.requireNonNull(
                            CommandLines.create().getSubcommands().get(command.group(1)))
                    .getCommandSpec();
            Matcher option = OPTION.matcher(command.group(2).split(" -- ")[0]);
            while (option.find()) {
                assertThat(spec.optionsMap()).as(file).containsKey(option.group());
            }
            commands++;
        }
        assertThat(commands).isPositive();
    }
}
