package io.quorumark.engine.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.Keyspace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
    void a_library_without_the_functions_is_refused_before_it_is_loaded() throws Exception {
        Path source = Files.writeString(folder.resolve("other.c"), "int something_else(void) { return 1; }\n");
        CLibrary.compile(source, folder.resolve("other.so"));
        NativeLibrary other = NativeLibrary.of("other.so", "build it again");
        assertThat(other.unavailable())
                .hasValueSatisfying(said -> assertThat(said)
                        .startsWith("other.so lacks the functions [")
                        .contains("qm_open")
                        .endsWith("; build it again"));
        assertRefused(other).hasMessageContaining("lacks the functions").hasMessageContaining("qm_open");
    }

    @Test
    void another_version_of_the_interface_is_refused_before_it_is_loaded() throws Exception {
        int otherConstant = 12;
        CLibrary.compile(Path.of("src/test/c/liar.c"), folder.resolve("next.so"), "-DLIE=" + otherConstant);
        NativeLibrary next = NativeLibrary.of("next.so", "build it again");
        assertThat(next.unavailable()).contains("next.so has interface version 3, expected 2; build it again");
        assertRefused(next).hasMessageContaining("has interface version 3, expected 2");
    }

    @Test
    void a_library_for_another_c_library_is_refused_before_it_is_loaded() throws Exception {
        Path empty = Files.writeString(folder.resolve("empty.c"), "int nothing(void) { return 0; }\n");
        Path musl =
                CLibrary.compile(empty, folder.resolve("libc.musl-x86_64.so.1"), "-Wl,-soname,libc.musl-x86_64.so.1");
        CLibrary.compile(
                Path.of("src/test/c/liar.c"), folder.resolve("alpine.so"), "-Wl,--no-as-needed", musl.toString());
        NativeLibrary alpine = NativeLibrary.of("alpine.so", "build it again");
        assertThat(alpine.unavailable())
                .contains(
                        "alpine.so is built for musl, expected glibc, which is the C library of this system; build it again");
        assertRefused(alpine).hasMessageContaining("is built for musl");

        assertThat(SharedObject.problem(whole, new Platform(thisMachine().architecture(), Platform.MUSL), List.of(), 1))
                .hasValueSatisfying(said -> assertThat(said).startsWith("is built for glibc, expected musl"));
    }

    private static Platform thisMachine() throws Exception {
        return Platform.ofThisProcess();
    }

    @Test
    void the_c_library_of_a_process_is_told_by_its_loader() throws Exception {
        assertThat(thisMachine().libc()).isEqualTo(Platform.GLIBC);
        assertThat(Platform.libcOf(List.of(
                        "7f0000000000-7f0000001000 r-xp 00000000 08:01 7 /lib/ld-musl-x86_64.so.1",
                        "7f0000002000-7f0000003000 rw-p 00000000 00:00 0")))
                .isEqualTo(Platform.MUSL);
    }

    @Test
    void headers_that_point_anywhere_are_refused() throws Exception {
        byte[] bytes = Files.readAllBytes(whole);
        for (int at = 4; at < 64; at++) {
            byte[] broken = bytes.clone();
            broken[at] ^= (byte) 0x7f;
            Files.write(folder.resolve("broken.so"), broken);
            assertThatCode(() -> NativeLibrary.of("broken.so", "").unavailable())
                    .as("looking at a library whose byte %d is wrong", at)
                    .doesNotThrowAnyException();
        }
        Arrays.fill(bytes, 32, 64, (byte) 0xff);
        assertRefused(changed("nowhere.so", bytes)).hasMessageContaining("truncated");
    }

    @Test
    void an_environment_that_stands_against_the_budget_is_refused() throws Exception {
        Platform platform = thisMachine();
        assertThat(NativeLibrary.goProblem(Map.of("PATH", "/bin"), platform)).isEmpty();
        for (String name : List.of("GOGC", "GOMEMLIMIT")) {
            assertThat(NativeLibrary.goProblem(Map.of(name, "off"), platform))
                    .hasValueSatisfying(said -> assertThat(said)
                            .contains(name + "=off", "memory budget", "unset it")
                            .doesNotContain("\n"));
        }
        NativeLibrary unlimited = new NativeLibrary(
                "whole.so", "", (environment, here) -> NativeLibrary.goProblem(Map.of("GOGC", "off"), here));
        assertThat(unlimited.unavailable())
                .hasValueSatisfying(said -> assertThat(said).contains("GOGC=off"));
        assertRefused(unlimited).hasMessageContaining("GOGC=off");
    }

    @Test
    void musl_is_refused() {
        assertThat(NativeLibrary.goProblem(Map.of(), new Platform("x86_64", Platform.MUSL)))
                .hasValueSatisfying(
                        said -> assertThat(said).contains("need glibc").contains("is musl"));
    }
}
