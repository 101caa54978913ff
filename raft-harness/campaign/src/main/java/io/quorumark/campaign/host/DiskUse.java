package io.quorumark.campaign.host;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Space that a folder really takes, as opposed to the lengths its files claim. */
public final class DiskUse {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private DiskUse() {}

    /**
     * The allocated blocks of all files below {@code folder}, in bytes: a sparse file counts what is allocated. Java's file attributes do
     * not tell blocks, so this asks POSIX {@code du -sk}.
     *
     * @throws IOException {@code du} is missing, failed or took too long
     */
    public static long allocatedBytes(Path folder) throws IOException {
        ToolRun du = ToolRun.within(
                        PATIENCE,
                        new ProcessBuilder("du", "-sk", folder.toString())
                                .redirectError(ProcessBuilder.Redirect.DISCARD))
                .orElseThrow(() -> new IOException("du -sk " + folder + " took longer than " + PATIENCE.toSeconds()
                        + " s and was killed; look at the disk"));
        String output = du.said();
        int end = output.indexOf('\t');
        // Engines delete files when they like: du then complains about one of them and still prints the sum.
        if (end <= 0) {
            throw new IOException("du -sk " + folder + " ended with status " + du.status() + " and printed '"
                    + output.strip() + "', expected a number of KiB");
        }
        return Long.parseLong(output.substring(0, end)) << 10;
    }
}
