package io.quorumark.engine.durability;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.support.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/**
 * Cuts the power of a recorded process at many seeded moments: makes what the device may hold at each, without all or some of what was
 * not synced, and opens it. One recording serves many cuts.
 */
public final class PowerCutRig {
    private static final int BATCHES = 150;
    private static final int CUTS_PER_RECORDING = 50;
    private static final DiskImage.Unsynced[] KINDS = DiskImage.Unsynced.values();

    private final EngineProvider provider;
    private final Recorder recorder;
    private final Path folder;
    private final long seed;

    /** @param folder empty, the rig's own */
    public PowerCutRig(EngineProvider provider, Recorder recorder, Path folder, long seed) throws IOException {
        this.provider = provider;
        this.recorder = recorder;
        this.folder = folder.toRealPath();
        this.seed = seed;
    }

    /**
     * What came of the cuts.
     *
     * @param tally what the engine did not come through
     * @param syncsPerCommit syncs of files, synced writes included, per acknowledged batch, opening and closing left out
     * @param countedSyncsPerCommit the same by the engine's own count; not a number if it does not count
     * @param unobservable what was done that a trace cannot hold: if there is any, the tally means nothing
     */
    public record Result(Tally tally, double syncsPerCommit, double countedSyncsPerCommit, List<String> unobservable) {
        public Result {
            unobservable = List.copyOf(unobservable);
        }
    }

    /**
     * Cuts that many times.
     *
     * @throws IOException the recorded process failed
     */
    public Result run(Durability durability, int cuts, Progress progress) throws IOException, InterruptedException {
        Tally.Counting tally = new Tally.Counting();
        Random random = new Random(seed);
        Recording recording = null;
        try (ImageFolder images = ImageFolder.near(folder)) {
            for (int cut = 0; cut < cuts; cut++) {
                if (cut % CUTS_PER_RECORDING == 0) {
                    recording = recordNew(durability, cut);
                    if (!recording.unobservable().isEmpty()) {
                        return recording.resultWith(tally);
                    }
                }
                tally.came(cutOnce(Objects.requireNonNull(recording), images.path(), durability, random, cut));
                progress.advanced(cut + 1, cuts);
            }
        }
        return Objects.requireNonNull(recording, "no cut was asked for").resultWith(tally);
    }

    private Recording recordNew(Durability durability, int number) throws IOException, InterruptedException {
        Path root = Files.createDirectory(folder.resolve("recorded-" + number));
        Path work = Files.createDirectories(folder.resolve("work"));
        Trace trace = recorder.record(provider, root, work, durability, BATCHES);
        double counted = Double.parseDouble(Files.readString(Recorder.countedSyncs(work)));
        return Recording.of(trace, root, counted);
    }

    private List<Problem> cutOnce(Recording recording, Path images, Durability durability, Random random, int cut)
            throws IOException {
        int end = random.nextInt(recording.trace().events().size() + 1);
        DiskImage.Unsynced unsynced = KINDS[random.nextInt(KINDS.length)];
        Path target = images.resolve("cut");
        Folders.delete(target);
        long acknowledged = recording.acknowledgedBefore(end);
        FolderImage image = DiskImage.at(recording.trace(), end, unsynced, new Random(random.nextLong()));
        if (!image.writeTo(Recorder.engine(recording.root()), target) && acknowledged == 0) {
            return List.of();
        }
        Problem problem = Inspection.of(provider, target, durability, acknowledged);
        return problem == null
                ? List.of()
                : List.of(new Problem(
                        problem.kind(),
                        "cut " + cut + " of seed " + seed + ", after event " + end + " of "
                                + recording.trace().events().size() + " with " + unsynced + " unsynced: "
                                + problem.detail()));
    }

    /** A trace and what it says besides. */
    private record Recording(
            Trace trace, Path root, List<String> unobservable, double syncsPerCommit, double countedSyncsPerCommit) {
        static Recording of(Trace trace, Path root, double countedSyncsPerCommit) {
            Acknowledged acknowledged = Acknowledged.in(trace, root);
            long acknowledgements = 0;
            long syncs = 0;
            long syncsAtFirst = 0;
            long syncsAtLast = 0;
            for (Trace.Event event : trace.events()) {
                switch (event.kind()) {
                    case SYNC, SYNC_RANGE, WRITE_SYNCED -> syncs++;
                    default -> {
                        if (acknowledged.isOne(event)) {
                            acknowledgements++;
                            syncsAtFirst = acknowledgements == 1 ? syncs : syncsAtFirst;
                            syncsAtLast = syncs;
                        }
                    }
                }
            }
            return new Recording(
                    trace,
                    root,
                    trace.unseen(),
                    acknowledgements < 2 ? 0 : (syncsAtLast - syncsAtFirst) / (double) (acknowledgements - 1),
                    countedSyncsPerCommit);
        }

        Result resultWith(Tally.Counting tally) {
            return new Result(tally.done(), syncsPerCommit, countedSyncsPerCommit, unobservable);
        }

        long acknowledgedBefore(int end) {
            return Acknowledged.in(trace, root).before(end);
        }
    }
}
