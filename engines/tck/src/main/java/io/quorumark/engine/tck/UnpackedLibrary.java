package io.quorumark.engine.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.durability.SmallDevice;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** For engines that unpack a native library into the temporary folder. */
public final class UnpackedLibrary {
    private static final int MEBIBYTES = 128;

    private UnpackedLibrary() {}

    /**
     * Opens the engine in a JVM whose temporary folder is mounted {@code noexec}; skips the test if none can be mounted.
     *
     * @param folder of the test
     */
    public static void assertNoexecIsTold(EngineProvider provider, Path folder) throws Exception {
        Optional<SmallDevice> mounted = SmallDevice.mountAt(folder.resolve("noexec"), MEBIBYTES, "noexec");
        assumeTrue(mounted.isPresent(), SmallDevice.NEEDS);
        try (SmallDevice device = mounted.get()) {
            Process child = ChildJvm.running(
                            OpenOnce.class,
                            device.path(),
                            List.of(
                                    provider.getClass().getName(),
                                    folder.resolve("engine").toString(),
                                    provider.capabilities()
                                            .durabilities()
                                            .iterator()
                                            .next()
                                            .name()))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(child.waitFor())
                    .as("exit code of a process that opens %s; it said: %s", provider.id(), said)
                    .isEqualTo(OpenOnce.UNSUPPORTED);
            assertThat(said.strip())
                    .as("what opening %s said in a temporary folder mounted noexec", provider.id())
                    .hasLineCount(1)
                    .contains("mounted noexec", "; name another folder with -D");
        }
        assertThat(provider.unpacksLibrary())
                .as("unpacksLibrary() of %s, which cannot be opened where nothing may be executed", provider.id())
                .isTrue();
    }
}
