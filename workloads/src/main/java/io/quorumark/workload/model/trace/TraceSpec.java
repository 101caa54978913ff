package io.quorumark.workload.model.trace;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.quorumark.workload.ModelSection;
import io.quorumark.workload.spec.SpecException;
import io.quorumark.workload.trace.OffsetUnit;
import io.quorumark.workload.trace.TraceFile;
import io.quorumark.workload.trace.TraceFormat;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What only a {@code trace} workload has.
 *
 * @param file the trace, relative to the workload's own file; read from end to end and checked together with the workload
 * @param format of the file
 * @param offsetUnit what its times are counted in; microseconds if left out
 */
public record TraceSpec(
        Source file,
        TraceFormat format,

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = DefaultUnit.class) @Nullable
        OffsetUnit offsetUnit)
        implements ModelSection {
    @Override
    public TraceSpec withFilesIn(Path folder) {
        return new TraceSpec(
                new Source(file.name, TraceFile.read(folder.resolve(file.name), format, offsetUnit)),
                format,
                offsetUnit);
    }

    @Override
    public Optional<String> times() {
        return Optional.of(file.content().timesText());
    }

    @Override
    public Optional<String> doubt() {
        return file.content().doubt();
    }

    /** Equal to what a workload's identity leaves out: identities from before there was the key stay what they are. */
    static final class DefaultUnit {
        @Override
        public boolean equals(@Nullable Object other) {
            return other == null || other == OffsetUnit.DEFAULT;
        }

        @Override
        public int hashCode() {
            return OffsetUnit.DEFAULT.hashCode();
        }
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
