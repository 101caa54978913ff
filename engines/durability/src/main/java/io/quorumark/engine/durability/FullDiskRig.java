package io.quorumark.engine.durability;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineProvider;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Lets the device under a writing process become full in the middle of its work, and looks at how the process ended and what it left once there is room again. */
public final class FullDiskRig {
    private static final int BATCHES = 2000;
    private static final int LEAST_BYTES = 200_000;
    private static final int MOST_BYTES = 900_000;

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
     * @param refusals what each process said when it ended; a typed exception's name is in it where the engine told what happened
     */
    public record Result(Tally tally, List<String> refusals) {
        public Result {
            refusals = List.copyOf(refusals);
        }
    }

    /** Fills the device that many times. */
    public Result run(Durability durability, int times) throws IOException, InterruptedException {
        Tally.Counting tally = new Tally.Counting();
        List<String> refusals = new ArrayList<>();
        Random random = new Random(seed);
        for (int time = 0; time < times; time++) {
            Path root = Files.createDirectory(folder.resolve("full-" + time));
            Path work = Files.createDirectories(folder.resolve("work"));
            int bytes = LEAST_BYTES + random.nextInt(MOST_BYTES - LEAST_BYTES);
            Recorder.Outcome outcome = recorder.run(
                    provider,
                    root,
                    work,
                    durability,
                    BATCHES,
                    Map.of("QUORUMARK_FULL_AFTER", Integer.toString(bytes)),
                    work.resolve("trace-" + time));
            refusals.add(outcome.said());
            Problem problem = KillRig.Inspection.of(
                    provider, Recorder.engine(root), durability, acknowledged(Recorder.acknowledgements(root)));
            tally.came(
                    problem == null
                            ? List.of()
                            : List.of(new Problem(
                                    problem.kind(), "full after " + bytes + " bytes: " + problem.detail())));
            Files.delete(work.resolve("trace-" + time));
        }
        return new Result(tally.done(), refusals);
    }

    private static long acknowledged(Path file) throws IOException {
        byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        int whole = bytes.length / Long.BYTES;
        return whole == 0 ? 0 : ByteBuffer.wrap(bytes).getLong((whole - 1) * Long.BYTES);
    }
}
