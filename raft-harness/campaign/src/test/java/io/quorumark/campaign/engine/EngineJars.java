package io.quorumark.campaign.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Makes jars of engines, compiled against what the program has on its class path. */
public final class EngineJars {
    private static final Path EXAMPLE =
            Path.of("../../engines/example").toAbsolutePath().normalize();
    private static final String SERVICES = "META-INF/services/io.quorumark.engine.EngineProvider";

    private EngineJars() {}

    /** The engine {@code tiny} of {@code engines/example}, which the README's walk-through is about. */
    public static Path example(Path folder) throws IOException {
        Path main = EXAMPLE.resolve("src/main");
        return compile(
                folder, "tiny", filesIn(main.resolve("java")), Files.readString(main.resolve("resources/" + SERVICES)));
    }

    /**
     * @param name of the jar, without its ending
     * @param sources of classes in the unnamed package: class name to source text
     * @param providers class names, one a line
     */
    public static Path of(Path folder, String name, Map<String, String> sources, String providers) throws IOException {
        Path written = Files.createDirectories(folder.resolve(name + "-sources"));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Files.writeString(written.resolve(source.getKey() + ".java"), source.getValue());
        }
        return compile(folder, name, filesIn(written), providers);
    }

    private static Path compile(Path folder, String name, List<Path> sources, String providers) throws IOException {
        Path classes = Files.createDirectories(folder.resolve(name + "-classes"));
        List<String> arguments = new ArrayList<>(List.of(
                "-proc:none",
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("surefire.real.class.path", System.getProperty("java.class.path"))));
        sources.forEach(source -> arguments.add(source.toString()));
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(status).as("status of javac").isZero();
        Path services = classes.resolve(SERVICES);
        Files.createDirectories(services.resolveSibling("."));
        Files.writeString(services, providers);
        return pack(folder, name);
    }

    /** Makes the jar anew from the classes as they lie in {@code folder} now. */
    public static Path pack(Path folder, String name) throws IOException {
        Path classes = folder.resolve(name + "-classes");
        Path jar = folder.resolve(name + ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Path file : filesIn(classes)) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                out.write(Files.readAllBytes(file));
            }
        }
        return jar;
    }

    private static List<Path> filesIn(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
