package io.quorumark.engine.durability;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.EngineStats;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Session;
import io.quorumark.engine.WriteBatch;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The process that is killed or recorded: goes on from the batch it finds, commits one after the other, and acknowledges each, on its
 * standard output and, if asked, in a file. If it comes to its end, it says how many syncs the engine itself counted per batch.
 *
 * <p>Arguments: provider class, directory, durability, how many batches, and, for a process that is recorded, a file for
 * acknowledgements, and either one for the count of syncs or a folder with the word {@value #MAINTAIN} before it: then the engine is kept
 * busy with compaction, checkpoints (made in that folder) and syncs beside the commits.
 */
final class WriterProcess {
    private static final String MAINTAIN = "maintain";

    private WriterProcess() {}

    /** The command of a recorded process whose engine has work beside its commits. */
    static List<String> maintaining(EngineProvider provider, Path root, Path work, Durability durability, int batches)
            throws IOException {
        return ChildJvm.running(
                        provider,
                        work,
                        List.of(
                                Recorder.engine(root).toString(),
                                durability.code(),
                                Integer.toString(batches),
                                Recorder.acknowledgements(root).toString(),
                                MAINTAIN,
                                work.toString()))
                .command();
    }

    public static void main(String[] arguments) throws Exception {
        Durability durability = Durability.ofCode(arguments[2]);
        long batches = Long.parseLong(arguments[3]);
        try (Acknowledgements acknowledgements = new Acknowledgements(arguments.length > 4 ? arguments[4] : "-");
                KVEngine engine = provider(arguments[0]).open(Workload.config(Path.of(arguments[1]), durability));
                Session session = engine.openSession();
                WriteBatch batch = session.newBatch()) {
            long from = Workload.lastNumber(session);
            double syncsAtFirst = Double.NaN;
            Maintenance maintenance = arguments.length > 6 && arguments[5].equals(MAINTAIN)
                    ? new Maintenance(engine, Path.of(arguments[6]))
                    : null;
            for (long number = from + 1; number <= from + batches; number++) {
                batch.clear();
                Workload.fill(batch, number);
                session.commit(batch, durability);
                acknowledgements.add(number);
                if (maintenance != null) {
                    maintenance.committed(number);
                }
                if (number == from + 1) {
                    syncsAtFirst = countedSyncs(engine);
                }
            }
            if (maintenance != null) {
                maintenance.end();
            } else if (arguments.length > 5) {
                double perBatch = (countedSyncs(engine) - syncsAtFirst) / (batches - 1);
                Files.writeString(Path.of(arguments[5]), Double.toString(perBatch));
            }
        }
    }

    /** @return not a number if the engine does not count them */
    private static double countedSyncs(KVEngine engine) {
        return engine.stats().entries().stream()
                .filter(entry -> entry.name().equals("log.syncs"))
                .mapToDouble(EngineStats.Entry::value)
                .findAny()
                .orElse(Double.NaN);
    }

    static EngineProvider provider(String className) throws ReflectiveOperationException {
        return Class.forName(className)
                .asSubclass(EngineProvider.class)
                .getDeclaredConstructor()
                .newInstance();
    }

    /** Unbuffered: what was acknowledged is known to whoever watches before the next batch begins. */
    private static final class Acknowledgements implements AutoCloseable {
        private final PrintStream out = System.out;
        private final OutputStream file;
        private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);

        Acknowledgements(String path) throws IOException {
            file = path.equals("-")
                    ? OutputStream.nullOutputStream()
                    : java.nio.channels.Channels.newOutputStream(
                            FileChannel.open(Path.of(path), StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        }

        void add(long acknowledged) throws IOException {
            file.write(number.clear().putLong(acknowledged).array());
            out.write((acknowledged + "\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
