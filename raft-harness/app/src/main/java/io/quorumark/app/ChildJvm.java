package io.quorumark.app;

import io.quorumark.engine.EngineProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The command line of a JVM that this program starts: the same flags for every engine of a campaign, so that no engine runs on a JVM of its own. */
public final class ChildJvm {
    /** Needed on JDK 24 and later, skipped by earlier ones; without them the JVM prints warnings about native libraries. */
    private static final List<String> COMMON_FLAGS = List.of(
            "-XX:+IgnoreUnrecognizedVMOptions",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dcom.google.protobuf.use_unsafe_pre22_gencode=true",
            "-XX:-UsePerfData");

    private ChildJvm() {}

    /** Heap, common and plan flags, and what any of the engines requires. */
    public static List<String> flags(int heapMiB, List<String> planFlags, Collection<EngineProvider> engines) {
        Set<String> flags = new LinkedHashSet<>(COMMON_FLAGS);
        flags.add("-Xms" + heapMiB + "m");
        flags.add("-Xmx" + heapMiB + "m");
        flags.addAll(planFlags);
        for (EngineProvider engine : engines) {
            flags.addAll(engine.requiredJvmFlags());
        }
        return List.copyOf(flags);
    }

    /** @param temporaryFolder where native libraries are unpacked; a killed JVM leaves them there, so it lies inside the child's own folder */
    public static List<String> command(
            List<String> flags, Path temporaryFolder, String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.add("-Djava.io.tmpdir=" + temporaryFolder);
        command.add("-Dlmdbjava.extract.dir=" + temporaryFolder);
        command.add("-cp");
        command.add(absoluteClassPath());
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }

    private static String absoluteClassPath() {
        String separator = System.getProperty("path.separator");
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(separator)) {
            if (!entry.isEmpty()) {
                entries.add(Path.of(entry).toAbsolutePath().toString());
            }
        }
        return String.join(separator, entries);
    }
}
