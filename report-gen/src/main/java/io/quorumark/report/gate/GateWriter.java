package io.quorumark.report.gate;

import java.io.IOException;
import java.nio.file.Path;

/** Writes a gate's answer to a file: for a person, or for another program. */
@FunctionalInterface
public interface GateWriter {
    /**
     * Replaces what is there in one step: it is whole or as it was; or writes to it, if it is a stream. The same answer gives the same
     * bytes.
     *
     * @param file in an existing folder
     * @throws IOException it cannot be written
     */
    void write(GateAnswer answer, Path file) throws IOException;
}
