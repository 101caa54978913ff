package io.quorumark.engine.bridge;

import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.tck.EngineConformanceTest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The sample of docs/native-engines.md is an engine like the others: it is compiled here, and the conformance kit finds nothing. */
class SampleEngineTest extends EngineConformanceTest {
    private static final String FILE = "sample.so";

    @TempDir
    static Path folder;

    @BeforeAll
    static void compile() throws Exception {
        Files.createDirectories(folder);
        CLibrary.compile(Path.of("src/test/c/sample.c"), folder.resolve(FILE));
        System.setProperty(LibraryFile.DIRECTORY_PROPERTY, folder.toString());
    }

    @AfterAll
    static void forgetTheFolder() {
        System.clearProperty(LibraryFile.DIRECTORY_PROPERTY);
    }

    @Override
    protected EngineProvider provider() {
        return new SampleProvider();
    }
}
