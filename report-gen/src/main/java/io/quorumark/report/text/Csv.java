package io.quorumark.report.text;

import java.util.List;

/** Lines of CSV (RFC 4180). */
public final class Csv {

    private Csv() {}

    /** One record with its end of line; fields are quoted if they must be. */
    public static String line(List<String> fields) {
        return String.join(",", fields.stream().map(Csv::field).toList()) + "\r\n";
    }

    private static String field(String value) {
        return value.matches("[^\",\\r\\n]*") ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}
