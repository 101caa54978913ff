package io.quorumark.results.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistogramLogsTest {
    @TempDir
    Path temp;

    @Test
    void a_line_that_holds_no_histogram_is_not_skipped() throws IOException {
        Path log = temp.resolve("broken.hlog");
        Files.writeString(log, "#[Histogram log format version 1.3]\nTag=read,0.0,1.0,3.1,HISTFAAA\n");
        assertThatThrownBy(() -> HistogramLogs.windows(log))
                .isInstanceOf(ResultsException.class)
                .hasMessageContaining("line 2 holds no histogram");
        Files.writeString(log, "0.0,1.0,3.1,HISTFAAA\n");
        assertThatThrownBy(() -> HistogramLogs.windows(log)).hasMessageContaining("has no operation class");
    }
}
