package io.quorumark.engine.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.Keyspace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Libraries that cannot be used are refused in one line, before anything of them runs and before the engine's folder is made. */
class LibraryLoadingTest {
    @TempDir
    Path folder;

    private Path whole = Path.of("");

    @BeforeEach
    void compile() throws Exception {
        whole = CLibrary.compile(Path.of("src/test/c/liar.c"), folder.resolve("whole.so"));
        System.setProperty(LibraryFile.DIRECTORY_PROPERTY, folder.toString());
    }

    @AfterEach
    void forgetTheFolder() {
        System.clearProperty(LibraryFile.DIRECTORY_PROPERTY);
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(NativeLibrary library) {
        EngineConfig config = EngineConfig.of(folder.resolve("engine"), Keyspace.listOf("one"), Durability.POWER_LOSS);
        AbstractThrowableAssert<?, ? extends Throwable> refused = assertThatThrownBy(
                        () -> CLibrary.provider(library, "liar").open(config))
                .isInstanceOf(EngineException.Unsupported.class)
                .hasMessageNotContaining("\n");
        assertThat(folder.resolve("engine")).doesNotExist();
        return refused;
    }

    private NativeLibrary changed(String name, byte[] bytes) throws Exception {
        Files.write(folder.resolve(name), bytes);
        return NativeLibrary.of(name, "build it again");
    }

    @Test
    void a_library_that_is_not_there_is_said_without_loading() {
        NativeLibrary absent = NativeLibrary.of("absent.so", "build it");
        assertThat(absent.unavailable()).contains("not built here: absent.so is missing; build it");
        assertThat(NativeLibrary.of("whole.so", "").unavailable()).isEmpty();
        assertRefused(absent).hasMessageContaining("absent.so is missing; build it");
    }

    @Test
    void a_truncated_library_is_refused_wherever_it_ends() throws Exception {
        byte[] bytes = Files.readAllBytes(whole);
        for (int length : new int[] {0, 1, 63, 64, 200, bytes.length / 2, bytes.length - 1}) {
            NativeLibrary cut = changed("cut-" + length + ".so", Arrays.copyOf(bytes, length));
            assertThat(cut.unavailable())
                    .hasValueSatisfying(said -> assertThat(said)
                            .startsWith("cut-" + length + ".so is truncated")
                            .endsWith("; build it again"));
            assertRefused(cut).hasMessageContaining("truncated");
        }
    }

    @Test
    void a_library_for_another_architecture_is_refused() throws Exception {
        byte[] bytes = Files.readAllBytes(whole);
        int sparc = 43;
        bytes[18] = (byte) sparc;
        assertRefused(changed("sparc.so", bytes)).hasMessageContaining("for the ELF machine 43");
    }

    @Test
    void a_file_that_is_no_library_is_refused() throws Exception {
        byte[] text = "not a library, ".repeat(10).getBytes(StandardCharsets.UTF_8);
        assertRefused(changed("text.so", text)).hasMessageContaining("is not a 64-bit shared library");
    }

    @Test
    void a_library_without_the_functions_is_refused() throws Exception {
        Path source = Files.writeString(folder.resolve("other.c"), "int something_else(void) { return 1; }\n");
        CLibrary.compile(source, folder.resolve("other.so"));
        assertRefused(NativeLibrary.of("other.so", "build it again"))
                .hasMessageContaining("lacks the functions")
                .hasMessageContaining("qm_open");
    }

    @Test
    void an_environment_that_stands_against_the_budget_is_refused() {
        NativeLibrary unlimited = new NativeLibrary(
                "whole.so", "", environment -> Optional.of("the environment sets GOGC=off; unset it"));
        assertThat(unlimited.unavailable()).contains("the environment sets GOGC=off; unset it");
        assertRefused(unlimited).hasMessageContaining("GOGC=off");
    }
}
