package io.quorumark.engine.durability;

import io.quorumark.engine.EngineProvider;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A JVM like this one, with the same class path and flags, and a folder of its own for what native libraries unpack: a killed JVM does
 * not remove that.
 */
final class ChildJvm {
    private ChildJvm() {}

    /** @param folder for temporary files; removed by the caller */
    static ProcessBuilder running(EngineProvider provider, Path folder, List<String> arguments) throws IOException {
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> (flag.startsWith("-XX") || flag.startsWith("--")) && !flag.contains("HeapDump"))
                .toList());
        // Short-lived: compiling harder costs more than it brings.
        command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
        command.add("-Djava.io.tmpdir=" + temporary);
        command.add("-Dlmdbjava.extract.dir=" + temporary);
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("quorumark."))
                .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
        command.addAll(List.of("-cp", classPath(provider)));
        command.add(WriterProcess.class.getName());
        command.add(provider.getClass().getName());
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    /** An engine with a class loader of its own keeps the libraries it brings: they come before those of this JVM. */
    private static String classPath(EngineProvider provider) {
        List<String> entries = new ArrayList<>();
        if (provider.getClass().getClassLoader() instanceof URLClassLoader loader) {
            for (URL url : loader.getURLs()) {
                entries.add(Path.of(URI.create(url.toString())).toString());
            }
        }
        entries.add(System.getProperty("surefire.real.class.path", System.getProperty("java.class.path")));
        return String.join(File.pathSeparator, entries);
    }
}
