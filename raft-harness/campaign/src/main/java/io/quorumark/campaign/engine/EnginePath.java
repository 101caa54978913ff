package io.quorumark.campaign.engine;

import io.quorumark.campaign.support.UsageError;
import io.quorumark.engine.EngineProvider;
import io.quorumark.results.model.Software;
import io.quorumark.results.store.Sha256;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.jar.JarFile;

/**
 * Jars of engines that are not part of this program, with the libraries they need.
 *
 * @param jars absolute paths, in the order in which classes are looked for
 */
public record EnginePath(List<Path> jars) {
    public static final EnginePath NONE = new EnginePath(List.of());

    /** @throws UsageError one of them is not there, or is no jar */
    public EnginePath {
        jars = jars.stream().map(jar -> jar.toAbsolutePath().normalize()).toList();
        jars.forEach(EnginePath::check);
    }

    /** The same of paths as plans and trials write them. */
    public static EnginePath of(List<String> jars) {
        return new EnginePath(jars.stream().map(Path::of).toList());
    }

    /**
     * The paths in a command line's {@code a.jar:b.jar}.
     *
     * @throws UsageError there is none
     */
    public static List<String> split(String text) {
        List<String> paths = Arrays.stream(text.split(File.pathSeparator, -1))
                .filter(path -> !path.isBlank())
                .toList();
        if (paths.isEmpty()) {
            throw new UsageError(
                    "--engine-path is '" + text + "', expected jars with '" + File.pathSeparator + "' between them");
        }
        return paths;
    }

    private static void check(Path jar) {
        if (!Files.isRegularFile(jar)) {
            throw new UsageError("the engine path names '" + jar + "', which is "
                    + (Files.isDirectory(jar) ? "a folder" : "not there")
                    + "; expected a jar of an engine or of a library it needs");
        }
        try (JarFile opened = new JarFile(jar.toFile())) {
            if (opened.size() == 0) {
                throw new IOException("it is empty");
            }
        } catch (IOException e) {
            throw new UsageError("the engine path names '" + jar + "', which cannot be read as a jar (" + e.getMessage()
                    + "); build it anew");
        }
    }

    boolean isEmpty() {
        return jars.isEmpty();
    }

    /** The engines in these jars, in a class loader of their own. */
    ServiceLoader<EngineProvider> load() {
        URL[] urls = jars.stream().map(EnginePath::url).toArray(URL[]::new);
        return ServiceLoader.load(EngineProvider.class, new EngineClassLoader(urls));
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new AssertionError("every file has a URL", e);
        }
    }

    /** Names and digests, read now; empty if there are no jars. */
    public List<Software.EngineJar> digests() throws IOException {
        List<Software.EngineJar> digests = new ArrayList<>();
        for (Path jar : jars) {
            digests.add(new Software.EngineJar(String.valueOf(jar.getFileName()), Sha256.ofFile(jar)));
        }
        return List.copyOf(digests);
    }
}
