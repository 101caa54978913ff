package io.quorumark.workload.trace;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.io.InputStream;

/** How rows are written. */
public enum TraceFormat {
    /** The header {@value CsvRows#HEADER}, then a row per line. A key with a comma or a quote stands in double quotes, quotes doubled. */
    @JsonProperty("csv")
    CSV,

    /** An object per line, with the keys that the header of {@link #CSV} names. */
    @JsonProperty("json-lines")
    JSON_LINES;

    Rows open(String file, InputStream in) throws IOException {
        return switch (this) {
            case CSV -> new CsvRows(file, in);
            case JSON_LINES -> new JsonLinesRows(file, in);
        };
    }
}
