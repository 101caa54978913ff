package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.results.sample.SampleCampaign;
import io.quorumark.results.sample.SampleLoad;
import io.quorumark.results.sample.SampleShape;
import io.quorumark.results.store.CampaignFolder;
import io.quorumark.results.store.Manifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Frauds that somebody commits on a campaign's folder, from a changed word to everything made anew with the program. {@code verify} and
 * {@code scripts/Recheck.java} share no code; each fraud is found by whom docs/verification.md says, and what neither finds stands there
 * too.
 */
class SeededFraudsTest {
    private static final SampleShape SHAPE = SampleShape.ADR.withSize(6, 3);
    private static final SampleCampaign SAMPLE = SampleCampaign.of(SHAPE.withLoad(SampleLoad.PACED));
    private static final Path CHECKOUT = Path.of("../..");

    @TempDir
    static Path kept = Path.of("");

    private static CampaignFolder good = new CampaignFolder(Path.of(""));
    private static CampaignFolder sweep = new CampaignFolder(Path.of(""));

    @TempDir
    Path temp;

    private interface Fraud {
        void commit(CampaignFolder folder) throws IOException;
    }

    @BeforeAll
    static void an_ended_campaign() throws Exception {
        good = EndedCampaign.write(SAMPLE, kept.resolve("campaign"));
        sweep = EndedCampaign.write(
                SampleCampaign.of(SHAPE.withLoad(SampleLoad.SWEEP).withSize(6, 1)), kept.resolve("sweep"));
    }

    @Test
    void both_agree_on_a_campaign_that_nobody_touched() throws Exception {
        RecheckRun asPeopleCallIt = RecheckRun.of(good.root());
        assertThat(asPeopleCallIt.exitCode()).as(asPeopleCallIt.output()).isZero();
        assertThat(asPeopleCallIt.output()).containsPattern("72 trials, \\d{4,5} figures compared, 0 differ");
        assertThat(RecheckRun.compiledOn(good.root())).isEqualTo(asPeopleCallIt);
        assertThat(CommandLineRun.of("verify", good.root().toString()).exitCode())
                .isZero();
    }

    @ParameterizedTest
    @EnumSource(SampleLoad.class)
    void both_agree_on_campaigns_of_every_load(SampleLoad load) throws Exception {
        CampaignFolder folder =
                EndedCampaign.write(SampleCampaign.of(SHAPE.withLoad(load).withSize(4, 1)), temp.resolve("any"));
        RecheckRun other = RecheckRun.compiledOn(folder.root());
        assertThat(other.exitCode()).as(other.output()).isZero();
        assertThat(other.output()).startsWith("20261120").contains("48 trials");
        CommandLineRun ours = CommandLineRun.of("verify", folder.root().toString());
        assertThat(ours.exitCode()).as(ours.out() + ours.err()).isZero();
    }

    @Test
    void the_second_opinion_is_short_and_knows_nothing_of_ours() throws IOException {
        List<String> lines = Files.readAllLines(RecheckRun.SOURCE);
        assertThat(lines).hasSizeLessThanOrEqualTo(500);
        assertThat(lines)
                .filteredOn(line -> line.startsWith("import "))
                .allMatch(line -> line.startsWith("import java."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"frauds", "fraudsOnSweeps"})
    void every_fraud_is_found_by_whom_the_documentation_says(
            String name, Fraud fraud, boolean onSweep, boolean byVerify, boolean byRecheck) throws Exception {
        CampaignFolder folder = EndedCampaign.copy(onSweep ? sweep : good, temp.resolve("copy"));
        fraud.commit(folder);
        CommandLineRun ours = CommandLineRun.of("verify", folder.root().toString());
        RecheckRun other = RecheckRun.compiledOn(folder.root());
        assertThat(ours.exitCode() != 0)
                .as("verify: %s%s", ours.out(), ours.err())
                .isEqualTo(byVerify);
        assertThat(other.exitCode() != 0).as("Recheck: %s", other.output()).isEqualTo(byRecheck);
        assertThat(Files.readString(CHECKOUT.resolve("docs/verification.md")))
                .contains(
                        "| " + name + " | " + (byVerify ? "found" : "–") + " | " + (byRecheck ? "found" : "–") + " |");
    }

    static Stream<Arguments> frauds() {
        return Stream.of(
                fraud("a word of `report.html`", f -> edit(f.reportHtml(), "lost", "carried|cannot"), true, true),
                fraud(
                        "a figure of `report.md`",
                        f -> edit(f.reportMarkdown(), "7", "(?<=\\| )\\d(?=\\d\\.\\d k)"),
                        true,
                        true),
                fraud(
                        "a figure of `adr.md`",
                        f -> edit(f.adr(), "7", "(?<=throughput on [a-z-]{1,40} is )\\d"),
                        true,
                        true),
                fraud("a reason in `adr.md`", f -> edit(f.adr(), "Good", "Bad(?=, )"), true, false),
                fraud(
                        "a sentence of `report.md`, and its checksum",
                        SeededFraudsTest::editedSentenceWithChecksum,
                        true,
                        false),
                fraud("a deleted report", f -> Files.delete(f.reportHtml()), true, true),
                fraud(
                        "weights changed afterwards",
                        f -> edit(f.weights().resolve("weights.yaml"), "9", "1"),
                        true,
                        true),
                fraud("a deleted pair of trials", f -> dropPair(f, 2), true, true),
                fraud(
                        "a deleted pair of trials, all else made anew",
                        f -> madeAnew(f, each -> dropPair(each, 2)),
                        true,
                        true),
                fraud(
                        "a deleted last pair of trials, all else made anew",
                        f -> madeAnew(f, each -> dropPair(each, 5)),
                        true,
                        false),
                fraud(
                        "a better throughput",
                        f -> edit(trial(f), "9", "(?<=\"throughputOpsPerSecond\" : )\\d"),
                        true,
                        true),
                fraud(
                        "a moved window, all else made anew",
                        f -> madeAnew(f, SeededFraudsTest::movedWindow),
                        false,
                        true),
                fraud(
                        "another percentile, all else made anew",
                        f -> madeAnew(f, SeededFraudsTest::betterPercentile),
                        true,
                        true),
                fraud(
                        "another percentile at a set rate, all else made anew",
                        f -> madeAnew(f, SeededFraudsTest::betterPacedPercentile),
                        true,
                        true),
                fraud(
                        "histograms at a set rate left out, all else made anew",
                        f -> madeAnew(f, SeededFraudsTest::noPacedHistograms),
                        false,
                        false),
                fraud("a histogram and its checksum", SeededFraudsTest::cutHistogram, true, true),
                fraud(
                        "a histogram and its checksum, all else made anew",
                        f -> madeAnew(f, SeededFraudsTest::cutHistogram),
                        true,
                        true),
                fraud("another program file", f -> edit(f.campaignJson(), "0.2.0", "0\\.1\\.0"), true, true),
                fraud(
                        "another program file, all else made anew",
                        f -> madeAnew(f, SeededFraudsTest::otherProgram),
                        false,
                        false),
                fraud(
                        "unequal durability, all else made anew",
                        f -> madeAnew(f, SeededFraudsTest::weakerLog),
                        true,
                        true),
                fraud("another host's trial", SeededFraudsTest::trialOfAnotherHost, true, true),
                fraud(
                        "a void trial that counts, all else made anew",
                        f -> madeAnew(f, SeededFraudsTest::voidThatCounts),
                        false,
                        false),
                fraud("a wider band, all else made anew", f -> madeAnew(f, SeededFraudsTest::widerBand), false, false),
                fraud("weights changed, the record made again", SeededFraudsTest::otherWeights, false, false));
    }

    static Stream<Arguments> fraudsOnSweeps() {
        return Stream.of(
                Arguments.of(
                        "another response time of a step, all else made anew",
                        (Fraud) f ->
                                madeAnew(f, each -> forgeFirst(each, "(?<=\"objectiveMicros\" : )[\\d.]+", "1.25")),
                        true,
                        true,
                        true),
                Arguments.of(
                        "a higher rate said to have held, all else made anew",
                        (Fraud) f -> madeAnew(f, each -> forgeFirst(each, "MISSED", "HELD")),
                        true,
                        true,
                        true),
                Arguments.of(
                        "a step said to have been overloaded, all else made anew",
                        (Fraud) f -> madeAnew(f, each -> forgeFirst(each, "MISSED", "OVERLOADED")),
                        true,
                        false,
                        true));
    }

    private static Arguments fraud(String name, Fraud fraud, boolean verify, boolean recheck) {
        return Arguments.of(name, fraud, false, verify, recheck);
    }

    private static void forgeFirst(CampaignFolder folder, String pattern, String by) throws IOException {
        forge(trial(folder), trial -> trial.replaceFirst(pattern, by));
    }

    private static void edit(Path file, String by, String pattern) throws IOException {
        EndedCampaign.edit(file, text -> text.replaceFirst(pattern, by));
    }

    /** The first trial that counts for the reference. */
    private static Path trial(CampaignFolder folder) {
        return folder.trialJson(0, SAMPLE.campaign().blockOrder().get(0).get(0));
    }

    private static void dropPair(CampaignFolder folder, int block) throws IOException {
        List<String> order = SAMPLE.campaign().blockOrder().get(block);
        for (String cell : order.subList(order.size() - 2, order.size())) {
            Files.delete(folder.trialJson(block, cell));
            Files.delete(folder.trialHistograms(block, cell));
        }
    }

    /** What somebody does who has the program: manifest and documents follow from the forged results. */
    private static void madeAnew(CampaignFolder folder, Fraud fraud) throws IOException {
        fraud.commit(folder);
        Manifest.seal(folder);
        EndedCampaign.writeDocuments(folder);
    }

    private static void editedSentenceWithChecksum(CampaignFolder folder) throws IOException {
        Path report = folder.reportMarkdown();
        edit(report, "# LMDB carried more than all.", "^# [^\n]*");
        Manifest.recordDocuments(folder, List.of(report), "quorumark development");
    }

    private static void movedWindow(CampaignFolder folder) throws IOException {
        forge(trial(folder), trial -> timesOneAndAHalf(trial, "\"throughputOpsPerSecond\" : "));
    }

    private static void betterPercentile(CampaignFolder folder) throws IOException {
        forgeFirst(folder, "\"99\" : [\\d.]+", "\"99\" : 1.25");
    }

    private static void betterPacedPercentile(CampaignFolder folder) throws IOException {
        forgeFirst(folder, "(?<=\"paced\" : \\{[^}]{1,400}\"99\" : )[\\d.]+", "1.25");
    }

    private static String timesOneAndAHalf(String trial, String key) {
        int from = trial.indexOf(key) + key.length();
        int to = trial.indexOf(',', from);
        return trial.substring(0, from) + 1.5 * Double.parseDouble(trial.substring(from, to)) + trial.substring(to);
    }

    /** Leaves an interval out. */
    private static void cutHistogram(CampaignFolder folder) throws IOException {
        forgeLog(folder, text -> text.replaceFirst("Tag=update.*\\R", ""));
    }

    /** As if the program that measured had not stored any. */
    private static void noPacedHistograms(CampaignFolder folder) throws IOException {
        forgeLog(folder, text -> text.replaceAll("Tag=paced:.*\\R", ""));
    }

    /** Changes the first trial's histograms, and their checksum with them. */
    private static void forgeLog(CampaignFolder folder, UnaryOperator<String> change) throws IOException {
        Path log =
                folder.trialHistograms(0, SAMPLE.campaign().blockOrder().get(0).get(0));
        EndedCampaign.edit(log, change);
        EndedCampaign.edit(
                trial(folder),
                text -> text.replaceFirst(
                        "\"histogramsSha256\" : \"\\w+\"", "\"histogramsSha256\" : \"" + sha256(read(log)) + "\""));
    }

    private static void otherProgram(CampaignFolder folder) throws IOException {
        forgeCampaign(
                folder,
                text -> text.replaceFirst("\"quorumarkVersion\" : \"0.1.0\"", "\"quorumarkVersion\" : \"0.2.0\""));
    }

    private static void widerBand(CampaignFolder folder) throws IOException {
        forgeCampaign(folder, text -> text.replaceFirst("\"equivalenceBand\" : 0.05", "\"equivalenceBand\" : 0.5"));
    }

    /** Of the last cell that is no ceiling. */
    private static void weakerLog(CampaignFolder folder) throws IOException {
        forgeCampaign(folder, text -> {
            int last = text.lastIndexOf("\"logDurability\" : \"POWER_LOSS\"");
            return text.substring(0, last) + text.substring(last).replaceFirst("POWER_LOSS", "PROCESS_CRASH");
        });
    }

    private static void trialOfAnotherHost(CampaignFolder folder) throws IOException {
        CampaignFolder other = SampleCampaign.of(
                        SHAPE.withLoad(SampleLoad.PACED).withSize(1, 3).withSeed(7))
                .writeTo(folder.root().resolveSibling("other"));
        String cell = SAMPLE.campaign().blockOrder().get(0).get(0);
        Files.writeString(folder.trialHistograms(0, cell), read(other.trialHistograms(0, cell)));
        Files.writeString(
                folder.trialJson(0, cell),
                read(other.trialJson(0, cell))
                        .replace(campaignId(other), SAMPLE.campaign().id()));
        forge(folder.trialJson(0, cell), UnaryOperator.identity());
    }

    private static String campaignId(CampaignFolder folder) {
        return read(folder.campaignJson()).replaceFirst("(?s).*?\"id\" : \"([^\"]+)\".*", "$1");
    }

    private static void voidThatCounts(CampaignFolder folder) throws IOException {
        for (String cell : SAMPLE.campaign().blockOrder().get(1)) {
            Path json = folder.trialJson(1, cell);
            if (read(json).contains("\"outcome\" : \"VOID\"")) {
                forge(
                        json,
                        trial -> trial.replace("\"outcome\" : \"VOID\"", "\"outcome\" : \"VALID\"")
                                .replaceFirst("(?s)\"reasons\" : \\[.*?\\]", "\"reasons\" : [ ]")
                                .replaceFirst("(?s)\"events\" : \\[.*?\\]", "\"events\" : [ ]"));
            }
        }
    }

    private static void otherWeights(CampaignFolder folder) throws IOException {
        Path weights = Files.writeString(folder.root().resolveSibling("other.yaml"), "throughput: 1\ndisk: 5\n");
        CommandLineRun run = CommandLineRun.of("adr", folder.root().toString(), "--weights", weights.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    /** Changes campaign.json, and in every trial the digest of it. */
    private static void forgeCampaign(CampaignFolder folder, UnaryOperator<String> change) throws IOException {
        EndedCampaign.edit(folder.campaignJson(), change);
        String sha256 = sha256(read(folder.campaignJson()));
        try (Stream<Path> trials = Files.list(folder.trials())) {
            for (Path json :
                    trials.filter(file -> file.toString().endsWith(".json")).toList()) {
                EndedCampaign.edit(
                        json,
                        text -> text.replaceFirst(
                                "\"campaignSha256\" : \"\\w+\"", "\"campaignSha256\" : \"" + sha256 + "\""));
            }
        }
    }

    /** Changes a trial, and its checksum with it. */
    private static void forge(Path json, UnaryOperator<String> change) throws IOException {
        EndedCampaign.edit(json, text -> {
            int from = text.indexOf("\n  \"trial\" : ") + "\n  \"trial\" : ".length();
            int to = text.lastIndexOf("\n}");
            String trial = change.apply(text.substring(from, to));
            String hashed = trial.replace("\n  ", "\n") + "\n";
            return text.substring(0, from)
                            .replaceFirst("\"trialSha256\" : \"\\w+\"", "\"trialSha256\" : \"" + sha256(hashed) + "\"")
                    + trial
                    + text.substring(to);
        });
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JVM has SHA-256", e);
        }
    }
}
