package io.quorumark.workload.trace;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quorumark.workload.spec.TextFiles;
import java.io.IOException;
import java.io.InputStream;

/** How rows are written. */
public enum TraceFormat {
    /**
     * The header {@value CsvRows#HEADER} (older files: {@code offsetMicros} instead of {@code offset}), then a row per line. A key with a
     * comma or a quote stands in double quotes, quotes doubled.
     */
    @JsonProperty("csv")
    CSV,

    /** An object per line, with the keys that the header of {@link #CSV} names. */
    @JsonProperty("json-lines")
    JSON_LINES;

    Rows open(String file, InputStream in) throws IOException {
        InputStream text = TextFiles.withoutByteOrderMark(in);
        return switch (this) {
            case CSV -> new CsvRows(file, text);
            case JSON_LINES -> new JsonLinesRows(file, text);
        };
    }
}
