import java.io.*;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.security.MessageDigest;
import java.util.*;
import java.util.function.Predicate;
import java.util.regex.*;
import java.util.stream.*;
import java.util.zip.InflaterInputStream;

/**
 * A second opinion on a campaign's folder that shares no code with Quorumark: {@code java scripts/Recheck.java DIR}. Reads the raw trial
 * files and histogram logs, works out checksums, percentiles, rates, intervals, ratios, p-values and ranks, and compares them with what the
 * trial files, report.html, report.md and adr.md print. Exit code 0: all agree; 4: something differs; 2: no campaign there.
 */
@SuppressWarnings("unchecked") // what JSON holds
public final class Recheck {
    private static final double ROUNDING = 1e-6, PRINTED = 0.0051; // documents print three significant digits
    private static final Pattern TOKEN =
            Pattern.compile("\\G\\s*(\"(?:[^\"\\\\]++|\\\\.)*+\"|[{}\\[\\]:,]|[-+.\\w]+|\\z)", Pattern.DOTALL);
    private final Path root;
    private final PrintStream out;
    private final List<String> differences = new ArrayList<>();
    private final Map<String, List<Object>> validByCell = new LinkedHashMap<>();
    private Object campaign = Map.of(), page = Map.of();
    private final Map<Object, Object> comparisons = new HashMap<>(); // of each cell, as the page has it
    private int trials, compared;

    private Recheck(Path root, PrintStream out) { this.root = root; this.out = out; }

    public static void main(String[] arguments) throws Exception {
        boolean isCampaign = arguments.length == 1 && Files.exists(Path.of(arguments[0], "campaign.json"));
        System.err.print(isCampaign ? "" : "usage: java scripts/Recheck.java DIR, with DIR the folder of a campaign\n");
        System.exit(isCampaign ? check(Path.of(arguments[0]), System.out) : 2);
    }

    /** Says on {@code out} what it finds, and returns the exit code. */
    public static int check(Path root, PrintStream out) throws Exception {
        Recheck recheck = new Recheck(root, out);
        try {
            byte[] json = Files.readAllBytes(root.resolve("campaign.json"));
            recheck.campaign = json(json);
            recheck.same("plan.yaml", at(recheck.campaign, "plan"), Files.readString(root.resolve("plan.yaml")));
            recheck.checkManifest();
            recheck.checkConditions();
            recheck.readTrials(sha256(json));
            recheck.checkStreams();
            recheck.checkPage();
            recheck.checkTables();
            recheck.checkRecord();
        } catch (RuntimeException | IOException e) {
            recheck.differs("%s cannot be read: %s", root, e);
        }
        recheck.differences.forEach(out::println);
        out.printf(Locale.ROOT, "%s: %d trials, %d figures compared, %d differ%n",
                at(recheck.campaign, "id"), recheck.trials, recheck.compared, recheck.differences.size());
        return recheck.differences.isEmpty() ? 0 : 4;
    }

    private void checkManifest() throws Exception {
        boolean ended = Files.exists(root.resolve("manifest.json"));
        out.print(ended ? "" : "note: there is no manifest.json: the last trials may be missing\n");
        Object manifest = ended ? json(Files.readAllBytes(root.resolve("manifest.json"))) : Map.of();
        Map<String, Object> expected = new TreeMap<>(object(at(manifest, "files")));
        object(at(manifest, "documents")).forEach((name, document) -> expected.put(name, at(document, "sha256")));
        for (String name : expected.keySet()) {
            Path file = root.resolve(name);
            boolean isThere = Files.isRegularFile(file); // people write in adr.md: its figures are compared below
            Object own = isThere && name.equals("adr.md") ? expected.get(name) : isThere ? sha256(Files.readAllBytes(file)) : "missing";
            same(name + ": SHA-256", expected.get(name), own);
        }
    }

    /** Cells of a workload must differ in the engine alone. */
    private void checkConditions() {
        Map<Object, Object> firsts = new LinkedHashMap<>();
        for (Object cell : list(at(campaign, "cells"))) {
            Object first = firsts.computeIfAbsent(at(cell, "workload"), each -> cell);
            Stream.concat(Stream.of("workloadIdentity", "target", "memoryBudgetBytes", "cluster members", "cluster transport",
                            "cluster logDurability", "cluster readConsistency"),
                    object(at(first, "load")).keySet().stream().filter(key -> !key.startsWith("slowdown")).map(key -> "load " + key))
                    .forEach(keys -> same("cell " + at(cell, "id") + ": " + keys, at(first, keys.split(" ")), at(cell, keys.split(" "))));
        }
    }

    private void readTrials(String campaignSha256) throws Exception {
        List<Object> blocks = list(at(campaign, "blockOrder"));
        List<String> missing = new ArrayList<>();
        for (int block = 0; block < blocks.size(); block++) {
            List<Object> order = list(blocks.get(block));
            for (int position = 0; position < order.size(); position++) {
                String name = String.format(Locale.ROOT, "trials/b%03d-%s", block + 1, order.get(position));
                if (!Files.exists(root.resolve(name + ".json"))) { missing.add(name); continue; }
                missing.forEach(gone -> differs("%s: is missing, and later trials are there", gone));
                missing.clear();
                readTrial(name, block, position, order.get(position), campaignSha256);
            }
        }
        String[] there = root.resolve("trials").toFile().list((folder, file) -> file.endsWith(".json"));
        near("trials that campaign.json orders", there.length, trials);
    }

    private void readTrial(String name, int block, int position, Object cellId, String campaignSha256) throws Exception {
        byte[] whole = Files.readAllBytes(root.resolve(name + ".json"));
        String json = new String(whole, StandardCharsets.ISO_8859_1);
        byte[] log = Files.readAllBytes(root.resolve(name + ".hlog"));
        Object stored = json(whole), trial = at(stored, "trial");
        String key = "\n  \"trial\" : ";
        String own = json.substring(json.indexOf(key) + key.length(), json.lastIndexOf("\n}")).replace("\n  ", "\n") + "\n";
        same(name + ": trialSha256", at(stored, "trialSha256"), sha256(own.getBytes(StandardCharsets.ISO_8859_1)));
        same(name + ": histogramsSha256", at(stored, "histogramsSha256"), sha256(log));
        same(name + ": campaignSha256", at(stored, "campaignSha256"), campaignSha256);
        same(name + ": place", List.of(at(trial, "campaignId"), at(trial, "cellId"), at(trial, "block"), at(trial, "position")),
                List.of(at(campaign, "id"), cellId, (double) block, (double) position));
        trials++;
        checkWindows(name, trial, new String(log, StandardCharsets.US_ASCII));
        List<Object> valid = validByCell.computeIfAbsent(String.valueOf(cellId), each -> new ArrayList<>());
        if ("VALID".equals(at(trial, "outcome"))) { valid.add(trial); }
    }

    /** Response times, rates and series of a trial's windows against their own raw histograms. */
    private void checkWindows(String name, Object trial, String log) throws Exception {
        Map<String, Counts> byTag = new TreeMap<>();
        TreeSet<Double> starts = new TreeSet<>(), ends = new TreeSet<>();
        for (String line : log.split("\n")) {
            if (!line.startsWith("Tag=")) { continue; }
            String[] fields = line.strip().split(","); // tag, start, length, maximum, histogram
            String tag = fields[0].substring(4); // class of operations; window:class of windows that are not the one that counts
            for (String each : List.of(tag, tag.replaceFirst("[^:]*$", "all"))) {
                byTag.computeIfAbsent(each, key -> new Counts()).add(Base64.getDecoder().decode(fields[4]));
            }
            double start = Double.parseDouble(fields[1]);
            if (!tag.contains(":")) { starts.add(start); ends.add(start + Double.parseDouble(fields[2])); }
        }
        same(name + ": operation classes", new TreeSet<>(object(at(trial, "latency")).keySet()),
                byTag.keySet().stream().filter(tag -> !tag.contains(":")).toList());
        object(at(trial, "latency")).forEach((operationClass, latency) -> {
            Counts own = byTag.getOrDefault(operationClass, new Counts());
            near(name + ": " + operationClass + " max", number(latency, "maxMicros"), own.at(100) / 1e3);
            checkSamples(name + ": " + operationClass, latency, "count", own);
        });
        Object paced = at(trial, "paced");
        if (number(paced, "samples") > 0) { checkSamples(name + ": window at a set rate", paced, "samples", byTag.get("paced:all")); }
        checkSteps(name, trial, byTag);
        if (number(trial, "operations") > 0 && !list(at(trial, "series")).isEmpty()) { checkRate(name, trial, starts, ends); }
    }

    private void checkSamples(String what, Object stored, String count, Counts own) {
        if (own == null) { out.println("note: " + what + ": its histograms are not stored"); return; } // as in older results
        near(what + " " + count, number(stored, count), own.total());
        object(at(stored, "percentileMicros")).forEach((percentile, micros) ->
                near(what + " p" + percentile, (Double) micros, own.at(Double.parseDouble(percentile)) / 1e3));
    }

    /** The window that counts must end where operations and throughput put its end, within the last second of the series. */
    private void checkRate(String name, Object trial, TreeSet<Double> starts, TreeSet<Double> ends) {
        List<Object> series = list(at(trial, "series"));
        double operations = number(trial, "operations"), window = operations / number(trial, "throughputOpsPerSecond");
        near(name + ": operations of the series", series.stream().mapToDouble(each -> number(each, "operations")).sum(), operations);
        Predicate<Object> isEmpty = each -> number(each, "operations") + number(each, "errors") == 0;
        double end = starts.first() - series.stream().takeWhile(isEmpty).count() + window;
        Object last = series.get(series.size() - 1);
        boolean isEnd = isEmpty.test(last) || !ends.subSet(end - 0.005, end + 0.005).isEmpty();
        if (!isEnd || !(window > number(last, "second") + 0.0001 && window < number(last, "second") + 1.005)) {
            differs("%s: throughput over a window of %s s, which does not end with the last second of the series", name, window);
        }
    }

    /** A sweep's steps. The trial's figures are those of the highest one that held the objective, or else of the last one. */
    private void checkSteps(String name, Object trial, Map<String, Counts> byTag) {
        List<Object> steps = list(at(trial, "steps"));
        if (steps.isEmpty()) { return; }
        Object cell = list(at(campaign, "cells")).stream().filter(each -> at(each, "id").equals(at(trial, "cellId"))).findFirst().get();
        String[] objective = String.valueOf(at(cell, "load", "sweep", "objective")).split(" "); // such as p99 <= 10 ms
        double percentile = objective[0].equals("max") ? 100 : Double.parseDouble(objective[0].substring(1));
        double limit = Double.parseDouble(objective[2]) * Math.pow(1e3, List.of("ns", "us", "ms", "s").indexOf(objective[3]));
        double least = percentile == 100 ? 1 : Math.ceil(100 / (1 - percentile / 100) - 1e-6);
        Object counted = steps.stream().filter(step -> "HELD".equals(at(step, "finding")))
                .max(Comparator.comparingDouble(step -> number(step, "rateOpsPerSecond"))).orElse(steps.get(steps.size() - 1));
        near(name + ": throughput", number(trial, "throughputOpsPerSecond"), number(counted, "reachedOpsPerSecond"));
        for (Object step : steps) {
            String what = name + ": step at " + number(step, "rateOpsPerSecond") + " op/s";
            Counts own = byTag.get(step == counted ? "all" : "step-" + (steps.indexOf(step) + 1) + ":all");
            checkSamples(what, step, "samples", own);
            if (own == null) { continue; }
            near(what + " objective", number(step, "objectiveMicros"), own.at(percentile) / 1e3);
            String finding = number(step, "reachedOpsPerSecond") < 0.98 * number(step, "rateOpsPerSecond") ? "OVERLOADED"
                    : own.total() < least ? "TOO_FEW" : own.places.get((long) own.at(percentile))[0] <= limit ? "HELD" : "MISSED";
            boolean mayHaveFailed = !"VALID".equals(at(trial, "outcome")) || "null".equals(at(cell, "engine"));
            if (!(mayHaveFailed && "OVERLOADED".equals(at(step, "finding")))) { same(what + " finding", at(step, "finding"), finding); }
        }
    }

    /** Trials of a workload did the same work, and every replica held what it leads to. */
    private void checkStreams() {
        Map<String, Object> known = new HashMap<>();
        for (Object cell : list(at(campaign, "cells"))) {
            String stream = at(cell, "workload") + "/" + at(cell, "load", "records") + "/";
            for (Object trial : valid(at(cell, "id"))) {
                String what = "cell " + at(cell, "id") + ", block " + (number(trial, "block") + 1) + ": ";
                object(at(trial, "verification", "streamDigests")).forEach((length, digest) ->
                        same(what + "digest of " + length + " operations", known.computeIfAbsent(stream + length, each -> digest), digest));
                object(at(trial, "verification", "replicaDigests")).forEach((member, digest) -> same(what + "content of member " + member,
                        "null".equals(at(cell, "engine")) ? digest : at(trial, "verification", "expectedContentDigest"), digest));
            }
        }
    }

    /** NaN if the trial does not have it. */
    private double value(Object trial, String metric) {
        if (metric.matches("p[\\d.]+")) { return number(at(trial, "latency", "all", "percentileMicros"), metric.substring(1)); }
        return switch (metric) {
            case "throughput" -> list(at(trial, "steps")).stream().filter(step -> "HELD".equals(at(step, "finding")))
                    .mapToDouble(step -> number(step, "rateOpsPerSecond")).max().orElse(number(trial, "throughputOpsPerSecond"));
            case "writes" -> number(at(trial, "resources"), "writtenBytes") / Math.max(1, number(trial, "operations"));
            case "cpu", "disk", "memory" -> number(at(trial, "resources"),
                    Map.of("cpu", "cpuNanosPerOperation", "disk", "diskBytes", "memory", "pssBytes").get(metric));
            case "settled-rate" -> number(at(trial, "costs", "figures"), "settled.operations.per.second");
            case "paced-p99" -> number(at(trial, "paced"), "unsentOperations") > 0 || number(at(trial, "paced"), "lagShare") > 0.5
                    ? Double.NaN : number(at(trial, "paced", "percentileMicros"), "99"); // else the rate was not kept
            default -> list(at(trial, "phases")).stream().filter(phase -> metric.equals(at(phase, "name")))
                    .mapToDouble(phase -> number(phase, "seconds")).findFirst().orElse(Double.NaN);
        };
    }

    private List<Object> valid(Object cellId) { return validByCell.getOrDefault(String.valueOf(cellId), List.of()); }
    private Interval interval(Object cellId, String metric) { // of a percentile all trials must have enough samples
        return Interval.of(valid(cellId).stream().mapToDouble(trial -> value(trial, metric))
                .filter(each -> metric.matches("p\\d.*") || Double.isFinite(each)).toArray(), number(at(campaign, "design"), "confidence"));
    }
    private Interval ratio(Object row, String metric) {
        return Interval.of(logRatios(row, metric), number(at(campaign, "design"), "confidence")).exp();
    }

    /** Of the blocks that have both cells of a comparison: how many times as good the one is, as a logarithm. */
    private double[] logRatios(Object row, String metric) {
        Map<Object, Double> references = new HashMap<>();
        valid(at(row, "referenceCellId")).forEach(trial -> references.put(at(trial, "block"), value(trial, metric)));
        double sign = metric.matches("throughput|settled-rate") ? 1 : -1;
        return valid(at(row, "cellId")).stream()
                .mapToDouble(trial -> sign * Math.log(value(trial, metric) / references.getOrDefault(at(trial, "block"), Double.NaN)))
                .filter(Double::isFinite).toArray();
    }

    /** The figures that the page carries for programs. */
    private void checkPage() throws IOException {
        Matcher data = Pattern.compile("'data:application/json,([^']+)'").matcher(String.join("", lines("report.html")));
        if (!data.find()) { differs("report.html: is missing, or holds no figures as JSON"); return; }
        page = json(java.net.URLDecoder.decode(data.group(1), StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8));
        same("report.html: campaign", at(page, "campaignId"), at(campaign, "id"));
        same("report.html: design", at(page, "design"), at(campaign, "design"));
        same("report.html: host", at(page, "hostFingerprint"), at(campaign, "host", "fingerprint"));
        for (Object row : list(at(page, "cells"))) {
            Object id = at(row, "cellId");
            near("report.html: valid trials of " + id, number(row, "validTrials"), valid(id).size());
            object(at(row, "metrics")).keySet().stream().filter(metric -> !metric.equals("data-over-memory")).forEach(metric ->
                    compare("report.html: " + metric + " of " + id, at(row, "metrics", metric), interval(id, metric)));
        }
        checkComparisons(list(at(page, "comparisons")));
        for (Object ranking : list(at(page, "rankings"))) {
            String metric = String.valueOf(at(ranking, "figure"));
            List<Object> own = new ArrayList<>(list(at(ranking, "cellIds")));
            own.sort(Comparator.comparingDouble(id -> (metric.equals("throughput") ? -1 : 1) * interval(id, metric).estimate));
            same("report.html: ranks on " + at(ranking, "workload"), at(ranking, "cellIds"), own);
        }
    }

    private void checkComparisons(List<Object> rows) {
        double confidence = number(at(campaign, "design"), "confidence"), most = 1 + number(at(campaign, "design"), "equivalenceBand");
        double[] pValues = new double[rows.size()];
        for (int i = 0; i < pValues.length; i++) {
            Object row = rows.get(i);
            comparisons.put(at(row, "cellId"), row);
            String what = "report.html: ratio of " + at(row, "cellId"), figure = String.valueOf(at(row, "figure"));
            double[] logRatios = logRatios(row, figure);
            Interval own = ratio(row, figure);
            double low = part(at(row, "ratio"), 1), high = part(at(row, "ratio"), 2);
            near(what + ", blocks", number(row, "blocks"), logRatios.length);
            if (logRatios.length < 15 || logRatios.length > 100) {
                compare(what, at(row, "ratio"), own);
            } else { // a bootstrap there: its interval must be about as wide as the exact one
                near(what, part(at(row, "ratio"), 0), own.estimate);
                double width = Math.log(high / low) / Math.log(own.high / own.low);
                if (!(width > 0.5 && width < 2)) { differs("%s: the interval is %.2f times as wide as the exact one", what, width); }
            }
            // a verdict may claim no more than its interval; a noisy campaign may claim less
            boolean sure = part(at(row, "ratio"), 3) >= confidence - ROUNDING;
            boolean differ = sure && number(row, "holmPValue") <= 1 - confidence + ROUNDING;
            String verdict = String.valueOf(at(row, "verdict"));
            if (verdict.equals("better") && !(differ && low > most)
                    || verdict.equals("worse") && !(differ && high < 1 / most)
                    || verdict.equals("equivalent") && !(sure && low >= 1 / most - ROUNDING && high <= most + ROUNDING)) {
                differs("%s: called %s with [%s, %s], p = %s", what, verdict, low, high, number(row, "holmPValue"));
            }
            pValues[i] = signFlip(logRatios);
            list(at(row, "others")).forEach(other -> compare(
                    what + " by " + at(other, "metric"), at(other, "ratio"), ratio(row, String.valueOf(at(other, "metric")))));
        }
        double largest = 0; // Holm's adjustment
        int left = pValues.length;
        for (int i : IntStream.range(0, left).boxed().sorted(Comparator.comparingDouble(i -> pValues[i])).toList()) {
            largest = Math.max(largest, Math.min(1, left-- * pValues[i]));
            near("report.html: p of " + at(rows.get(i), "cellId"), number(rows.get(i), "holmPValue"),
                    Double.isNaN(largest) ? number(rows.get(i), "holmPValue") : largest);
        }
    }

    private double part(Object of, int i) { return i < list(of).size() ? (Double) list(of).get(i) : number(page, "confidence"); }
    private void compare(String what, Object printed, Interval own) {
        double[] parts = {own.estimate, own.low, own.high, own.confidence}; // without the last it attains the page's
        IntStream.range(0, 4).forEach(i -> near(what + ", part " + i + " of its interval", part(printed, i), parts[i]));
    }

    /** The tables of report.md, whose first column names the cell. */
    private void checkTables() throws IOException {
        List<String> head = List.of();
        for (String line : lines("report.md")) {
            List<String> columns = Stream.of(line.split("\\|")).map(String::strip).toList();
            head = line.startsWith("| Engine |") ? columns : head;
            Matcher cell = Pattern.compile("^\\| .*, cell ([0-9a-f]{12}),").matcher(line);
            for (int i = 2; cell.find(0) && i < Math.min(columns.size(), head.size()); i++) {
                String id = cell.group(1);
                String metric = head.get(i).toLowerCase(Locale.ROOT).replace("cpu/op", "cpu");
                boolean isRatio = metric.equals("ratio");
                if (isRatio ? !columns.get(i).contains("reference") : metric.matches("throughput|p[\\d.]+|cpu")) {
                    Object row = comparisons.get(id);
                    Interval own = isRatio ? ratio(row, String.valueOf(at(row, "figure"))) : interval(id, metric);
                    printed("report.md: " + metric + " of " + id, columns.get(i), own.estimate, metric);
                }
            }
        }
    }

    /** Figures of adr.md that cite a cell. */
    private void checkRecord() throws IOException {
        Pattern cited = Pattern.compile(
                "\\b(throughput|highest rate|p[\\d.]+|processor time per operation)(?: response time| with [^\\n]*?)? on "
                        + "[^\\n]*? is (\\d[^\\[\\\\\\n]*?) ?\\\\?\\[[^\\n]*?, cell ([0-9a-f]{12})");
        cited.matcher(String.join("\n", lines("adr.md"))).results().forEach(figure -> {
            String metric = figure.group(1).replace("processor time per operation", "cpu").replace("highest rate", "throughput");
            printed("adr.md: " + metric + " of " + figure.group(3), figure.group(2), interval(figure.group(3), metric).estimate, metric);
        });
    }

    /** A figure with three significant digits and its unit; a dash if there is none. */
    private void printed(String what, String text, double own, String metric) {
        Matcher figure = Pattern.compile("^(\\d[\\d,.]*)[ \u00a0]?(k|M|ns|µs|ms|s)?(?![a-zA-Z])").matcher(text);
        double base = metric.equals("cpu") ? 1 : 1e-3;
        Map<String, Double> scales = Map.of("k", 1e3, "M", 1e6, "ns", base, "µs", 1e3 * base, "ms", 1e6 * base, "s", 1e9 * base);
        double value = !figure.find() ? Double.NaN
                : Double.parseDouble(figure.group(1).replace(",", "")) * scales.getOrDefault(String.valueOf(figure.group(2)), 1.0);
        compared++;
        if (Double.isNaN(value) != Double.isNaN(own) || Math.abs(value - own) > PRINTED * Math.abs(own)) {
            differs("%s: printed '%s', own %s", what, text, own);
        }
    }

    /** Hodges-Lehmann estimate with the exact interval that inverts the signed-rank test. */
    private record Interval(double estimate, double low, double high, double confidence) {
        static Interval of(double[] sample, double wanted) {
            int n = sample.length;
            double none = n == 0 ? Double.NaN : Arrays.stream(sample).sum();
            if (Double.isNaN(none)) { return new Interval(none, none, none, none); }
            double[] walsh = IntStream.range(0, n)
                    .mapToObj(i -> IntStream.rangeClosed(0, i).mapToDouble(j -> (sample[i] + sample[j]) / 2))
                    .flatMapToDouble(each -> each).sorted().toArray();
            double[] chance = new double[walsh.length + 1]; // of each sum of ranks
            chance[0] = Math.pow(2, -n);
            for (int rank = 1; rank <= n; rank++) {
                for (int ranks = walsh.length; ranks >= rank; ranks--) { chance[ranks] += chance[ranks - rank]; }
            }
            int cut = 0;
            double tail = chance[0];
            while (cut < (walsh.length - 1) / 2 && 2 * (tail + chance[cut + 1]) <= 1 - wanted) { tail += chance[++cut]; }
            double median = (walsh[(walsh.length - 1) / 2] + walsh[walsh.length / 2]) / 2;
            return new Interval(median, walsh[cut], walsh[walsh.length - 1 - cut], Math.max(0, 1 - 2 * tail));
        }

        Interval exp() { return new Interval(Math.exp(estimate), Math.exp(low), Math.exp(high), confidence); }
    }

    /** Two-sided p of the sign-flip test, over all flips; NaN if these are too many. */
    private static double signFlip(double[] sample) {
        if (sample.length > 24) { return Double.NaN; }
        double observed = Math.abs(Arrays.stream(sample).sum()) - 1e-12 * Arrays.stream(sample).map(Math::abs).sum();
        double[] sums = {0};
        for (double value : sample) {
            double[] before = sums;
            sums = IntStream.range(0, 2 * before.length).mapToDouble(i -> before[i / 2] + (i % 2 == 0 ? value : -value)).toArray();
        }
        return (double) Arrays.stream(sums).filter(sum -> Math.abs(sum) >= observed).count() / sums.length;
    }

    /** A histogram in HdrHistogram's compressed format, version 2: by the largest value of a place, its smallest and how many it counts. */
    private static final class Counts {
        private final TreeMap<Long, long[]> places = new TreeMap<>();

        void add(byte[] compressed) throws IOException {
            require((ByteBuffer.wrap(compressed).getInt() & ~0xf0) == 0x1c849304, "another histogram format");
            InflaterInputStream inflated = new InflaterInputStream(new ByteArrayInputStream(compressed, 8, compressed.length - 8));
            ByteBuffer in = ByteBuffer.wrap(inflated.readAllBytes());
            require((in.getInt() & ~0xf0) == 0x1c849303 && in.getInt() == in.capacity() - 40, "another histogram format");
            int half = (int) Math.ceil(Math.log(2 * Math.pow(10, in.getInt(12))) / Math.log(2)) - 1;
            in.position(40);
            for (long place = 0; in.hasRemaining(); ) {
                long bits = 0;
                boolean more = true;
                for (int shift = 0; more; shift += 7) {
                    byte next = in.get();
                    more = next < 0 && shift < 56;
                    bits |= (next & (shift == 56 ? 0xffL : 0x7fL)) << shift;
                }
                long count = (bits >>> 1) ^ -(bits & 1); // below 0: so many empty places
                if (count > 0) {
                    long bucket = Math.max(0, (place >> half) - 1);
                    long low = place - (bucket << half) << bucket;
                    places.computeIfAbsent(low + (1L << bucket) - 1, each -> new long[] {low, 0})[1] += count;
                }
                place += count < 0 ? -count : 1;
            }
        }

        long total() { return places.values().stream().mapToLong(place -> place[1]).sum(); }

        /** The largest value that counts as equal to the percentile. */
        double at(double percentile) {
            long left = Math.max(1, (long) Math.ceil(Math.nextDown(percentile) * total() / 100));
            for (Map.Entry<Long, long[]> place : places.entrySet()) {
                left -= place.getValue()[1];
                if (left <= 0) { return place.getKey(); }
            }
            return Double.NaN;
        }
    }

    private void differs(String text, Object... arguments) { differences.add("DIFFERS " + String.format(Locale.ROOT, text, arguments)); }
    private void same(String what, Object stored, Object own) {
        compared++;
        if (!String.valueOf(stored).equals(String.valueOf(own))) { differs("%s: stored %.80s, own %.80s", what, stored, own); }
    }
    private void near(String what, double stored, double own) {
        compared++;
        if (!(Math.abs(stored - own) <= ROUNDING * Math.abs(own) + 1e-12)) { differs("%s: stored %s, own %s", what, stored, own); }
    }
    private List<String> lines(String file) throws IOException {
        return Files.exists(root.resolve(file)) ? Files.readAllLines(root.resolve(file)) : List.of();
    }
    private static Object at(Object from, String... keys) {
        for (String key : keys) { from = object(from).get(key); }
        return from;
    }

    private static Map<String, Object> object(Object value) { return value instanceof Map ? (Map<String, Object>) value : Map.of(); }
    private static List<Object> list(Object value) { return value instanceof List ? (List<Object>) value : List.of(); }
    private static double number(Object from, String key) { return at(from, key) instanceof Double number ? number : Double.NaN; }
    private static void require(boolean holds, String found) { if (!holds) { throw new IllegalStateException(found); } }
    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    /** JSON: objects keep their order, numbers are doubles. */
    private static Object json(byte[] utf8) {
        Deque<String> tokens = TOKEN.matcher(new String(utf8, StandardCharsets.UTF_8)).results().map(token -> token.group(1))
                .collect(Collectors.toCollection(ArrayDeque::new));
        require("".equals(tokens.peekLast()), "JSON is broken after '" + tokens.peekLast() + "'");
        Object value = jsonValue(tokens);
        require(tokens.remove().isEmpty(), "JSON goes on after its end");
        return value;
    }

    private static Object jsonValue(Deque<String> tokens) {
        String read = tokens.remove();
        if (read.equals("{") || read.equals("[")) {
            Map<String, Object> object = new LinkedHashMap<>();
            List<Object> list = new ArrayList<>();
            String end = read.equals("{") ? "}" : "]";
            while (!tokens.element().equals(end)) {
                String key = read.equals("{") ? unescaped(tokens.remove()) : "";
                require(read.equals("[") || tokens.remove().equals(":"), "JSON lacks a colon after " + key);
                list.add(jsonValue(tokens));
                object.put(key, list.get(list.size() - 1));
                require(tokens.element().equals(end) || tokens.remove().equals(","), "JSON lacks a comma after " + key);
            }
            tokens.remove();
            return read.equals("{") ? object : list;
        }
        if (read.startsWith("\"")) { return unescaped(read); }
        return read.equals("null") ? null : read.matches("true|false") ? (Object) Boolean.valueOf(read) : Double.valueOf(read);
    }

    private static String unescaped(String quoted) {
        return Pattern.compile("\\\\(u(....)|.)").matcher(quoted.substring(1, quoted.length() - 1)).replaceAll(escape -> {
            int letter = "ntrbf".indexOf(escape.group(1));
            return Matcher.quoteReplacement(escape.group(2) != null
                    ? String.valueOf((char) Integer.parseInt(escape.group(2), 16))
                    : letter >= 0 ? "\n\t\r\b\f".substring(letter, letter + 1) : escape.group(1));
        });
    }
}
