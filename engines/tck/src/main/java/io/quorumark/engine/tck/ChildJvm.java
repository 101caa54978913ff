package io.quorumark.engine.tck;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A JVM like this one, with the same class path and flags, and a folder of its own for what native libraries unpack: a killed JVM does not
 * remove that.
 */
final class ChildJvm {
    private ChildJvm() {}

    static ProcessBuilder running(Class<?> main, Path folder, List<String> arguments) throws IOException {
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("-XX") || flag.startsWith("--"))
                .toList());
        command.add("-Djava.io.tmpdir=" + temporary);
        command.add("-Dlmdbjava.extract.dir=" + temporary);
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("quorumark."))
                .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
        command.add("-cp");
        command.add(System.getProperty("surefire.real.class.path", System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }
}
