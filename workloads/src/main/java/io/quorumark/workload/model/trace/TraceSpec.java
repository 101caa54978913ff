package io.quorumark.workload.model.trace;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import io.quorumark.workload.ModelSection;
import io.quorumark.workload.spec.SpecException;
import io.quorumark.workload.trace.TraceFile;
import io.quorumark.workload.trace.TraceFormat;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What only a {@code trace} workload has.
 *
 * @param file the trace, relative to the workload's own file; read from end to end and checked together with the workload
 * @param format of the file
 */
public record TraceSpec(Source file, TraceFormat format) implements ModelSection {
    @Override
    public TraceSpec withFilesIn(Path folder) {
        return new TraceSpec(new Source(file.name, TraceFile.read(folder.resolve(file.name), format)), format);
    }

    /** A trace by the name that a workload file gives it, read or still to be read. What identifies it is the digest of its bytes. */
    public static final class Source {
        private final String name;
        private final @Nullable TraceFile content;

        private Source(String name, @Nullable TraceFile content) {
            this.name = name;
            this.content = content;
        }

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static Source named(String name) {
            return new Source(name, null);
        }

        /** Of the trace's bytes: SHA-256 in hexadecimal; empty before it is read. */
        @JsonValue
        public String sha256() {
            return content == null ? "" : content.digest();
        }

        @JsonIgnore
        boolean isRead() {
            return content != null;
        }

        /** @throws SpecException the workload was not read from a file, so the trace was not either */
        TraceFile content() {
            if (content == null) {
                throw new SpecException(name, 0, "", "has not been read; read the workload with WorkloadSpec.read");
            }
            return content;
        }
    }
}
