package io.quorumark.campaign.support;

import io.quorumark.engine.EngineProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The command line of a JVM that this program starts: the same flags for every engine of a campaign, so that no engine runs on a JVM of
 * its own.
 */
public final class ChildJvm {
    /**
     * What JDK 24 and later need so as not to warn of native libraries, skipped by earlier ones; and the end of a JVM whose heap is full,
     * as it would go on without the threads that an OutOfMemoryError has ended, and answer nobody.
     */
    private static final List<String> COMMON_FLAGS = List.of(
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dcom.google.protobuf.use_unsafe_pre22_gencode=true",
            "-XX:-UsePerfData");

    private ChildJvm() {}

    /** Variables from which a JVM takes options that stand on no command line. */
    private static final List<String> ENVIRONMENT_VARIABLES =
            List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    /** Where the launch script puts what it keeps from this program's own JVM: the same names with this before them. */
    private static final String KEPT_AWAY = "QUORUMARK_UNUSED_";

    /** Heap, common flags, the plan's in their order, repeats included, and what any of the engines requires, once each. */
    public static List<String> flags(int heapMiB, List<String> planFlags, Collection<EngineProvider> engines) {
        List<String> flags = new ArrayList<>(COMMON_FLAGS);
        flags.addAll(heap(heapMiB));
        flags.addAll(planFlags);
        Set<String> required = new LinkedHashSet<>();
        for (EngineProvider engine : engines) {
            required.addAll(engine.requiredJvmFlags());
        }
        required.removeAll(COMMON_FLAGS);
        flags.addAll(required);
        return List.copyOf(flags);
    }

    /** The least and the most that a heap may have. */
    public static List<String> heap(int heapMiB) {
        return List.of("-Xms" + heapMiB + "m", "-Xmx" + heapMiB + "m");
    }

    /** The options that variables give to this program's own JVM: variable to options. */
    public static Map<String, String> environmentOptions() {
        return given("", System.getenv());
    }

    /** What variables would have given to JVMs of this program, had the launch script not kept it from them. */
    public static Map<String, String> unusedEnvironmentOptions() {
        return given(KEPT_AWAY, System.getenv());
    }

    private static Map<String, String> given(String prefix, Map<String, String> environment) {
        Map<String, String> given = new TreeMap<>();
        for (String variable : ENVIRONMENT_VARIABLES) {
            String options = environment.getOrDefault(prefix + variable, "").strip();
            if (!options.isEmpty()) {
                given.put(variable, options);
            }
        }
        return given;
    }

    /** Takes out of a child's environment what would add options to its command line. */
    public static void isolate(Map<String, String> environment) {
        ENVIRONMENT_VARIABLES.forEach(environment::remove);
    }

    /**
     * @param temporaryFolder where native libraries are unpacked; a killed JVM leaves them there, so it lies inside the child's own folder
     */
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
