package io.quorumark.campaign.host;

import io.quorumark.results.text.Plural;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * How much of a folder's files lies in the page cache, and a way to empty it: what tells a cold start from a lukewarm one. Residency comes
 * from {@code fincore(1)} of util-linux, which asks {@code mincore(2)} or {@code cachestat(2)}; the cache is emptied through
 * {@code /proc/sys/vm/drop_caches}, which only root may write and which empties it for everybody on the machine.
 */
public final class PageCache {
    /** Of the files' bytes. Reading a folder and its files' first pages may leave as much behind. */
    public static final double COLD_AT_MOST = 0.01;

    private static final int FILES_PER_CALL = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final String fincore;
    private final Path dropCaches;

    /** This machine's. */
    public PageCache() {
        this("fincore", Path.of("/proc/sys/vm/drop_caches"));
    }

    PageCache(String fincore, Path dropCaches) {
        this.fincore = fincore;
        this.dropCaches = dropCaches;
    }

    public enum Temperature {
        /** Verified: no more than {@link #COLD_AT_MOST} of the files' bytes are cached. */
        COLD,
        /** Anything else, also if it could not be verified. */
        LUKEWARM
    }

    /**
     * @param residentShare of the files' bytes that the page cache holds, 0 to 1; empty if nobody could tell
     * @param reason in words, for a report
     */
    public record Evidence(Temperature temperature, OptionalDouble residentShare, String reason) {}

    /**
     * Forces the folder's files to the device, empties the page cache if this process may, and looks at what is left. Call it while nothing
     * has the files open.
     *
     * @throws IOException a file cannot be forced
     */
    public Evidence chill(Path folder) throws IOException {
        for (Path file : files(folder)) {
            // Dirty pages are not dropped.
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }
        boolean dropped = drop();
        Evidence found = look(folder);
        return dropped || found.temperature() == Temperature.COLD
                ? found
                : new Evidence(
                        Temperature.LUKEWARM,
                        found.residentShare(),
                        found.reason() + "; " + dropCaches + " is not for this user to write");
    }

    /** What is cached of the files below {@code folder} now. */
    public Evidence look(Path folder) throws IOException {
        long resident = 0;
        long size = 0;
        List<Path> files = files(folder);
        for (int from = 0; from < files.size(); from += FILES_PER_CALL) {
            List<Path> some = files.subList(from, Math.min(files.size(), from + FILES_PER_CALL));
            List<String> lines = ask(some);
            if (lines.size() != some.size()) {
                return new Evidence(
                        Temperature.LUKEWARM,
                        OptionalDouble.empty(),
                        "not verified: " + fincore + " told of " + lines.size() + " files out of " + some.size());
            }
            for (String line : lines) {
                String[] fields = line.strip().split("\\s+");
                long bytes = Long.parseLong(fields[1]);
                // The last page of a file is counted whole.
                resident += Math.min(bytes, Long.parseLong(fields[0]));
                size += bytes;
            }
        }
        if (size == 0) {
            return new Evidence(Temperature.LUKEWARM, OptionalDouble.empty(), "not verified: no data in " + folder);
        }
        double share = (double) resident / size;
        return new Evidence(
                share <= COLD_AT_MOST ? Temperature.COLD : Temperature.LUKEWARM,
                OptionalDouble.of(share),
                String.format(
                        Locale.ROOT,
                        "%.1f %% of %,d KiB in %s are in the page cache",
                        100 * share,
                        size >> 10,
                        Plural.of(files.size(), "file")));
    }

    /** Empties the machine's page cache; false if this process may not. */
    private boolean drop() {
        try {
            Files.writeString(dropCaches, "3\n", StandardOpenOption.WRITE);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** One line a file: resident bytes, size. Nothing if the tool is missing or takes too long. */
    private List<String> ask(List<Path> files) throws IOException {
        List<String> command = new ArrayList<>(List.of(fincore, "-b", "-n", "-r", "-o", "RES,SIZE", "--"));
        files.forEach(file -> command.add(file.toString()));
        try {
            // Its status tells of files that went away meanwhile, as does the number of lines.
            return ToolRun.within(PATIENCE, new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD))
                    .map(run ->
                            run.said().lines().filter(line -> !line.isBlank()).toList())
                    .orElse(List.of());
        } catch (IOException e) {
            // ProcessBuilder's way to say that there is no such program.
            return List.of();
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> below = Files.walk(folder)) {
            return below.filter(Files::isRegularFile).sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
