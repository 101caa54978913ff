package io.quorumark.results.model;

import java.util.List;
import java.util.Map;

/**
 * What ran.
 *
 * @param quorumarkVersion of this project
 * @param gitRevision of its source, or {@code unknown}
 * @param gitDirty whether the source differed from that revision
 * @param javaVersion such as {@code 17.0.15+6}
 * @param javaVendor as the JVM names it
 * @param jvmFlags of the trial JVMs
 * @param libraries artifact to version, for engines and the Raft library
 */
public record Software(
        String quorumarkVersion,
        String gitRevision,
        boolean gitDirty,
        String javaVersion,
        String javaVendor,
        List<String> jvmFlags,
        Map<String, String> libraries) {

    public Software {
        jvmFlags = List.copyOf(jvmFlags);
        libraries = NumberedKeys.copyOf(libraries);
    }
}
