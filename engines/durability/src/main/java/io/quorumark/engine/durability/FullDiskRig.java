package io.quorumark.engine.durability;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.support.Folders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Lets the device under a writing process become full in the middle of its work, and looks at how the process ended and what it left once
 * there is room again. The recorder refuses the calls that would write; an engine that writes through mappings makes no such calls, and
 * gets a small file system of its own.
 */
public final class FullDiskRig {
    private static final int BATCHES = 2000;
    private static final int LEAST_BYTES = 200_000;
    private static final int MOST_BYTES = 900_000;
    private static final int BATCHES_ON_DEVICE = 60_000;
    private static final int LEAST_DEVICE_MEBIBYTES = 8;
    private static final int MORE_DEVICE_MEBIBYTES = 8;

    private final EngineProvider provider;
    private final Recorder recorder;
    private final Path folder;
    private final long seed;

    /** @param folder empty, the rig's own */
    public FullDiskRig(EngineProvider provider, Recorder recorder, Path folder, long seed) throws IOException {
        this.provider = provider;
        this.recorder = recorder;
        this.folder = folder.toRealPath();
        this.seed = seed;
    }

    /**
     * What came of it.
     *
     * @param refusals what each process said when it ended; a typed exception's name is in it if the engine told what happened
     * @param notTested why nothing was tested; empty if it was
     */
    public record Result(Tally tally, List<String> refusals, String notTested) {
        public Result {
            refusals = List.copyOf(refusals);
        }
    }

    /** Fills the device that many times. */
    public Result run(Durability durability, int times) throws IOException, InterruptedException {
        Tally.Counting tally = new Tally.Counting();
        List<String> refusals = new ArrayList<>();
        Random random = new Random(seed);
        boolean mapped = false;
        for (int time = 0; time < times; time++) {
            Path root = Files.createDirectory(folder.resolve("full-" + time));
            Path work = Files.createDirectories(folder.resolve("work"));
            if (!mapped) {
                Path trace = work.resolve("trace-" + time);
                mapped = !refuseCalls(durability, random, root, trace, tally, refusals);
                Files.delete(trace);
            }
            if (mapped && !fillDevice(durability, random, root, work, tally, refusals)) {
                return new Result(
                        tally.done(),
                        refusals,
                        "the engine writes through mappings, so a small file system is needed to fill; mounting one takes"
                                + " root and the command mount");
            }
        }
        return new Result(tally.done(), refusals, "");
    }

    /** @return false if the engine does not write by calls, so that nothing was tested */
    private boolean refuseCalls(
            Durability durability, Random random, Path root, Path trace, Tally.Counting tally, List<String> refusals)
            throws IOException, InterruptedException {
        int bytes = LEAST_BYTES + random.nextInt(MOST_BYTES - LEAST_BYTES);
        Recorder.Outcome outcome = recorder.run(
                provider,
                root,
                Objects.requireNonNull(trace.getParent()),
                durability,
                BATCHES,
                Map.of("QUORUMARK_FULL_AFTER", Integer.toString(bytes)),
                trace);
        if (Trace.read(trace).isMostlyMapped()) {
            return false;
        }
        refusals.add(outcome.said());
        came(
                tally,
                "full after " + bytes + " bytes: ",
                Inspection.of(
                        provider, Recorder.engine(root), durability, acknowledged(Recorder.acknowledgements(root))));
        return true;
    }

    /** @return false if none can be mounted */
    private boolean fillDevice(
            Durability durability, Random random, Path root, Path work, Tally.Counting tally, List<String> refusals)
            throws IOException, InterruptedException {
        int mebibytes = LEAST_DEVICE_MEBIBYTES + random.nextInt(MORE_DEVICE_MEBIBYTES);
        Optional<SmallDevice> mounted = SmallDevice.mountAt(root.resolve("device"), mebibytes);
        if (mounted.isEmpty()) {
            return false;
        }
        try (SmallDevice device = mounted.get()) {
            Path engine = Recorder.engine(device.path());
            Path acknowledgements = Recorder.acknowledgements(root);
            Folders.delete(Recorder.engine(root));
            Files.deleteIfExists(acknowledgements);
            Path errors = work.resolve("errors.txt");
            Recorder.ended(
                    ChildJvm.running(
                            provider,
                            work,
                            List.of(
                                    engine.toString(),
                                    durability.code(),
                                    Integer.toString(BATCHES_ON_DEVICE),
                                    acknowledgements.toString())),
                    errors);
            refusals.add(Recorder.said(errors));
            // Onto a device with room, and so that nothing here keeps the small one busy.
            FolderCopy.make(engine, Recorder.engine(root));
            came(
                    tally,
                    "full device of " + mebibytes + " MiB: ",
                    Inspection.of(provider, Recorder.engine(root), durability, acknowledged(acknowledgements)));
        }
        return true;
    }

    private static void came(Tally.Counting tally, String when, @Nullable Problem problem) {
        tally.came(problem == null ? List.of() : List.of(new Problem(problem.kind(), when + problem.detail())));
    }

    private static long acknowledged(Path file) throws IOException {
        byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        int whole = bytes.length / Long.BYTES;
        return whole == 0 ? 0 : ByteBuffer.wrap(bytes).getLong((whole - 1) * Long.BYTES);
    }
}
