package io.quorumark.jmh.raw;

import io.quorumark.campaign.host.ChildEnd;
import io.quorumark.campaign.support.HarnessException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.apache.commons.statistics.descriptive.Median;

/**
 * {@code scripts/jmh-overhead paired [ENGINE …]}: the adapters' cost from {@link PairedRounds}, in fresh JVMs, as the same table. Shorter
 * than forks of JMH and steadier on a machine that others use too, since both ways share a JVM and a moment; JMH's forks are the
 * independent check.
 */
public final class PairedOverhead {
    private static final List<String> ENGINES = List.of("rocksdb", "lmdb", "mapdb", "xodus");
    private static final List<String> OPERATIONS = List.of("get", "next", "put", "batch");
    private static final int JVMS = 6;
    private static final int WARM_UPS = 200;
    private static final int ROUNDS = 100;
    private static final String CHILD = "--measure";
    private static final String PREFIX = "paired ";
    private static final Duration END_PATIENCE = Duration.ofMinutes(1);

    private PairedOverhead() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length == 2 && arguments[0].equals(CHILD)) {
            measure(arguments[1]);
            return;
        }
        List<String> engines = arguments.length == 0 ? ENGINES : List.of(arguments);
        if (!ENGINES.containsAll(engines)) {
            System.err.println("engines are " + engines + ", expected some of " + ENGINES);
            System.exit(2);
        }
        Map<String, List<OverheadRow.Round>> jvms = new LinkedHashMap<>();
        PieceProgress progress = new PieceProgress(JVMS * engines.size());
        for (int jvm = 1; jvm <= JVMS; jvm++) {
            for (String engine : engines) {
                progress.begins(engine + " in JVM " + jvm + " of " + JVMS);
                child(engine, jvms);
            }
        }
        List<OverheadRow> rows = new ArrayList<>();
        jvms.forEach((name, measured) -> {
            String[] words = name.split(" ");
            rows.add(new OverheadRow(words[0], words[1], measured));
        });
        System.out.println(OverheadTable.of(rows));
    }

    private static void measure(String engine) throws IOException {
        try (PairedRounds paired = new PairedRounds(engine)) {
            for (String operation : OPERATIONS) {
                for (OverheadRow.Round round : paired.measure(operation, WARM_UPS, ROUNDS)) {
                    System.out.printf(
                            Locale.ROOT,
                            PREFIX + "%s %s %.3f %.3f %.3f %.3f%n",
                            engine,
                            operation,
                            round.spi().nanosPerOperation(),
                            round.spi().bytesPerOperation(),
                            round.raw().nanosPerOperation(),
                            round.raw().bytesPerOperation());
                }
            }
            System.out.println("read " + paired.sink());
        }
    }

    private static void child(String engine, Map<String, List<OverheadRow.Round>> jvms)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(
                List.of("--add-opens=java.base/java.nio=ALL-UNNAMED", "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED"));
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), PairedOverhead.class.getName(), CHILD, engine));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Map<String, List<OverheadRow.Round>> slices = new LinkedHashMap<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line;
            while ((line = lines.readLine()) != null) {
                if (line.startsWith(PREFIX)) {
                    String[] words = line.substring(PREFIX.length()).split(" ");
                    slices.computeIfAbsent(words[0] + " " + words[1], absent -> new ArrayList<>())
                            .add(new OverheadRow.Round(side(words, 2), side(words, 4)));
                }
            }
        }
        int status = ChildEnd.within(END_PATIENCE, process, "the JVM that measured " + engine);
        if (status != 0) {
            throw new HarnessException("the JVM that measured " + engine + " ended with status " + status + "; run "
                    + String.join(" ", command));
        }
        slices.forEach((name, taken) ->
                jvms.computeIfAbsent(name, absent -> new ArrayList<>()).add(ofOneJvm(taken)));
    }

    /**
     * One JVM as one pair: its slices share what the JIT compiler made of both ways, and are no independent measurements.
     *
     * @param slices that one JVM took, at least one
     */
    static OverheadRow.Round ofOneJvm(List<OverheadRow.Round> slices) {
        return new OverheadRow.Round(median(slices, OverheadRow.Round::spi), median(slices, OverheadRow.Round::raw));
    }

    private static OverheadRow.Side median(
            List<OverheadRow.Round> slices, Function<OverheadRow.Round, OverheadRow.Side> side) {
        Median median = Median.withDefaults();
        return new OverheadRow.Side(
                median.evaluate(slices.stream()
                        .mapToDouble(slice -> side.apply(slice).nanosPerOperation())
                        .toArray()),
                median.evaluate(slices.stream()
                        .mapToDouble(slice -> side.apply(slice).bytesPerOperation())
                        .toArray()));
    }

    private static OverheadRow.Side side(String[] words, int at) {
        return new OverheadRow.Side(Double.parseDouble(words[at]), Double.parseDouble(words[at + 1]));
    }
}
