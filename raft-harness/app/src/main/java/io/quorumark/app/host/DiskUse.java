package io.quorumark.app.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Space that a folder really takes, as opposed to the lengths its files claim. */
public final class DiskUse {
    private DiskUse() {}

    /**
     * The allocated blocks of all files below {@code folder}, in bytes: a sparse file counts what is allocated. Java's file attributes do not tell blocks, so
     * this asks POSIX {@code du -sk}.
     *
     * @throws IOException {@code du} is missing or failed
     */
    public static long allocatedBytes(Path folder) throws IOException, InterruptedException {
        Process du = new ProcessBuilder("du", "-sk", folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = du.waitFor();
        int end = output.indexOf('\t');
        // Engines delete files when they like: du then complains about one of them and still prints the sum.
        if (end <= 0) {
            throw new IOException("du -sk " + folder + " ended with status " + status + " and printed '"
                    + output.strip() + "', expected a number of KiB");
        }
        return Long.parseLong(output.substring(0, end)) << 10;
    }
}
