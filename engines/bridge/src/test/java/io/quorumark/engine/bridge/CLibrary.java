package io.quorumark.engine.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorumark.engine.Ability;
import io.quorumark.engine.Capabilities;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineFacts;
import io.quorumark.engine.Limits;
import io.quorumark.engine.Maintenance;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A library compiled by a test, and a provider of its engine. */
final class CLibrary {
    private static final Path HEADER =
            Path.of("../native/include").toAbsolutePath().normalize();

    private CLibrary() {}

    /** Compiles a source of this module's tests or of the documentation; skips the test if there is no compiler. */
    static Path compile(Path source, Path library, String... flags) throws Exception {
        assumeTrue(isOnPath("cc"), "cc is not on the PATH: the test of a native library in C is skipped");
        List<String> command = new ArrayList<>(List.of("cc", "-std=c11", "-O1", "-Wall", "-Wextra", "-Werror"));
        command.addAll(List.of("-shared", "-fPIC", "-I", HEADER.toString(), "-o", library.toString()));
        command.addAll(Arrays.asList(flags));
        command.add(source.toAbsolutePath().toString());
        Process compiler = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(compiler.waitFor()).as(said).isZero();
        return library;
    }

    private static boolean isOnPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Path.of(folder, program).toFile().canExecute());
    }

    /** An engine without native options. */
    static NativeProvider provider(NativeLibrary library, String id, Ability... abilities) {
        Capabilities capabilities = new Capabilities(
                Set.of(Durability.PROCESS_CRASH, Durability.POWER_LOSS),
                false,
                true,
                true,
                false,
                Set.of(abilities),
                new Limits(1, Limits.PORTABLE_MAX_KEY_BYTES, Limits.PORTABLE_MAX_VALUE_BYTES));
        return new NativeProvider(id, library, capabilities, "data") {
            @Override
            public EngineFacts facts() {
                return new EngineFacts(id, "of a test", "C", "LicenseRef-Test", Maintenance.ACTIVE, List.of());
            }

            @Override
            protected Map<String, String> settings(EngineConfig config) {
                return Map.of();
            }
        };
    }
}
