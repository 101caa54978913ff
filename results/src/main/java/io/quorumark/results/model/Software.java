package io.quorumark.results.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What ran.
 *
 * @param quorumarkVersion of this project
 * @param gitRevision of its source, or {@code unknown}
 * @param gitDirty whether the source differed from that revision
 * @param javaVersion such as {@code 17.0.15+6}
 * @param javaVendor as the JVM names it
 * @param jvmFlags of the trial JVMs
 * @param environmentOptions JVM options that variables such as {@code JAVA_TOOL_OPTIONS} gave to the campaign's own JVM, which ran the
 *     canaries; trials run without them. By
 *     variable; null if there were none, and in older results
 * @param libraries artifact to version, for engines and the Raft library
 * @param engineJars of engines that are not part of the program and of what they need, in the order in which classes are looked for;
 *     null if there were none, and in older results
 * @param engines what is known of the engines besides figures; null in older results
 */
public record Software(
        String quorumarkVersion,
        String gitRevision,
        boolean gitDirty,
        String javaVersion,
        String javaVendor,
        List<String> jvmFlags,
        Map<String, String> libraries,
        @AddedLater @Nullable Map<String, String> environmentOptions,
        @AddedLater @Nullable List<EngineJar> engineJars,
        @AddedLater @Nullable List<Engine> engines) {

    /**
     * A jar of an engine from outside.
     *
     * @param name of the file, without its folder
     * @param sha256 of its bytes, in 64 lower-case hexadecimal digits
     */
    public record EngineJar(String name, String sha256) {}

    /**
     * What a decider asks of an engine before its figures.
     *
     * @param id the provider's
     * @param architecture a few words, such as {@code LSM tree}
     * @param licence an SPDX expression
     * @param maintenance what its makers do for it: {@code active}, {@code fixes-only}, {@code ending} or {@code ended}
     */
    public record Engine(String id, String architecture, String licence, String maintenance) {}

    /** Of a campaign of the program's own engines, whose own JVM nobody gave options through its environment. */
    public Software(
            String quorumarkVersion,
            String gitRevision,
            boolean gitDirty,
            String javaVersion,
            String javaVendor,
            List<String> jvmFlags,
            Map<String, String> libraries) {
        this(quorumarkVersion, gitRevision, gitDirty, javaVersion, javaVendor, jvmFlags, libraries, null, null, null);
    }

    public Software {
        jvmFlags = List.copyOf(jvmFlags);
        libraries = NumberedKeys.copyOf(libraries);
        environmentOptions = environmentOptions == null ? null : NumberedKeys.copyOf(environmentOptions);
        engineJars = engineJars == null ? null : List.copyOf(engineJars);
        engines = engines == null ? null : List.copyOf(engines);
    }

    /** What was stored of an engine; empty in older results. */
    public Optional<Engine> engine(String id) {
        return engines == null
                ? Optional.empty()
                : engines.stream().filter(each -> each.id().equals(id)).findFirst();
    }
}
