package io.quorumark.app.cli;

import io.quorumark.campaign.interleave.Turns;
import io.quorumark.campaign.support.HarnessException;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.gate.Confirmation;
import io.quorumark.results.gate.Gate;
import io.quorumark.results.gate.GateResult;
import io.quorumark.results.gate.MergedSessions;
import io.quorumark.results.gate.Waivers;
import io.quorumark.results.store.CampaignReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;

/**
 * Measures two revisions by turns on this host and judges them. In a session each revision's own program runs a campaign; the two run side
 * by side, and trials of the same number take {@link Turns}. If the base's program does not know turns, its whole campaign is over
 * before the head's begins. If a cell seems slower, a fresh session measures everything again before it counts; see
 * {@link Confirmation}.
 *
 * <p>For one use. Closing it removes the work trees and keeps what was measured.
 */
final class RevisionGate implements AutoCloseable {
    private static final String BASE = "base";
    private static final String HEAD = "head";
    private static final String TOGETHER = "both-sessions";

    private final Request request;
    private final PrintWriter progress;
    private final ChildCommands children = new ChildCommands();
    private final List<RevisionCheckout> checkouts = new ArrayList<>();
    private final Path trees;

    /**
     * @param repository any folder of it
     * @param baseRevision compared with
     * @param headRevision judged
     * @param build the command that builds a checkout, in its root folder
     * @param runOptions of {@code quorumark run}, without those that this class gives itself
     * @param headRunOptions that the head alone gets
     * @param blocks of each campaign, at least 1
     * @param seed of all campaigns
     * @param out where everything that is measured goes: an existing, empty folder
     * @param strict as in {@link Gate#compare(Analysis, Analysis, boolean, Waivers)}
     * @param waivers as there
     */
    record Request(
            Path repository,
            String baseRevision,
            String headRevision,
            List<String> build,
            List<String> runOptions,
            List<String> headRunOptions,
            int blocks,
            long seed,
            Path out,
            boolean strict,
            Waivers waivers) {
        Request {
            build = List.copyOf(build);
            runOptions = List.copyOf(runOptions);
            headRunOptions = List.copyOf(headRunOptions);
        }
    }

    /**
     * What came of it.
     *
     * @param gate of both sessions together
     * @param base the campaign that it compared with
     * @param head the campaign that it judged
     * @param baseCommit that was measured
     * @param headCommit that was measured
     */
    record Outcome(GateResult gate, Analysis base, Analysis head, String baseCommit, String headCommit) {}

    RevisionGate(Request request, PrintWriter progress) throws IOException {
        this.request = request;
        this.progress = progress;
        this.trees = Files.createTempDirectory("quorumark-gate");
    }

    Outcome run() throws IOException, InterruptedException {
        RevisionCheckout base = checkOut(BASE, request.baseRevision());
        RevisionCheckout head = checkOut(HEAD, request.headRevision());
        build(BASE, base);
        build(HEAD, head);
        Outcome first = session(1, base, head);
        if (!Confirmation.isNeeded(first.gate())) {
            return first;
        }
        say("A cell seems slower: measuring again, to judge both sessions together");
        Outcome second = session(2, base, head);
        if (!Confirmation.wasCompared(second.gate())) {
            return second;
        }
        for (String side : List.of(BASE, HEAD)) {
            MergedSessions.write(
                    List.of(folder(1).resolve(side), folder(2).resolve(side)),
                    request.out().resolve(TOGETHER).resolve(side));
        }
        Outcome together = judge(request.out().resolve(TOGETHER), base, head);
        return new Outcome(
                Confirmation.of(List.of(first.gate(), second.gate()), together.gate(), request.strict()),
                together.base(),
                together.head(),
                together.baseCommit(),
                together.headCommit());
    }

    /** Of turns, while a session runs. */
    private Path table() {
        return trees.resolve("turns");
    }

    private Path folder(int session) {
        return request.out().resolve("session-" + session);
    }

    private RevisionCheckout checkOut(String side, String revision) throws IOException {
        RevisionCheckout checkout = RevisionCheckout.add(request.repository(), revision, trees.resolve(side));
        synchronized (checkouts) {
            checkouts.add(checkout);
        }
        say(side + " is " + checkout.commit());
        return checkout;
    }

    private void build(String side, RevisionCheckout checkout) throws InterruptedException {
        say("building " + side);
        Path log = request.out().resolve("build-" + side + ".log");
        int status = children.run(checkout.folder(), log, request.build());
        if (status != 0) {
            throw new HarnessException(side + " (" + checkout.commit() + ") does not build: '"
                    + String.join(" ", request.build()) + "' ended with status " + status + "; see " + log);
        }
    }

    private Outcome session(int number, RevisionCheckout base, RevisionCheckout head)
            throws IOException, InterruptedException {
        Path folder = Files.createDirectories(folder(number));
        measure(List.of(new Side(BASE, base, number, folder), new Side(HEAD, head, number, folder)));
        return judge(folder, base, head);
    }

    /** @param folder of a base and a head campaign */
    private Outcome judge(Path folder, RevisionCheckout base, RevisionCheckout head) {
        Analysis before = Analysis.of(CampaignReader.read(folder.resolve(BASE)));
        Analysis judged = Analysis.of(CampaignReader.read(folder.resolve(HEAD)));
        return new Outcome(
                Gate.compare(before, judged, request.strict(), request.waivers()),
                before,
                judged,
                base.commit(),
                head.commit());
    }

    /** A campaign of a session. */
    private record Side(String name, RevisionCheckout checkout, int session, Path sessionFolder) {
        Path results() {
            return sessionFolder.resolve(name);
        }

        Path log() {
            return sessionFolder.resolve(name + ".log");
        }
    }

    private void measure(List<Side> sides) throws IOException, InterruptedException {
        Turns turns = new Turns(table(), Turns.SLICE);
        try {
            ChildCommands.Child[] campaigns = new ChildCommands.Child[sides.size()];
            IntPredicate hasEnded = side -> campaigns[side].hasEnded();
            say("session " + sides.get(0).session() + ": starting");
            campaigns[0] = start(sides.get(0), turns.environment(0));
            turns.awaitReady(0, hasEnded);
            if (hasEnded.test(0)) {
                requireMeasured(sides.get(0), campaigns[0]);
                say("base took no turns: its campaign is over, and the head's follows");
            }
            campaigns[1] = start(sides.get(1), turns.environment(1));
            long began = System.nanoTime();
            turns.keep(hasEnded, trial -> sayWhere(sides.get(0).session(), Turns.block(trial), began));
            requireMeasured(sides.get(0), campaigns[0]);
            requireMeasured(sides.get(1), campaigns[1]);
        } finally {
            Files.deleteIfExists(table());
        }
    }

    private void sayWhere(int session, int block, long beganNanos) {
        long blockNanos = block == 0 ? 0 : (System.nanoTime() - beganNanos) / block;
        String left = block == 0
                ? ""
                : ", about " + TimeUnit.NANOSECONDS.toSeconds(blockNanos * (request.blocks() - block)) + " s left";
        say("session " + session + ", block " + (block + 1) + " of " + request.blocks() + left);
    }

    private ChildCommands.Child start(Side side, Map<String, String> environment) {
        List<String> command = new ArrayList<>(List.of("scripts/quorumark", "run"));
        command.addAll(request.runOptions());
        if (side.name().equals(HEAD)) {
            command.addAll(request.headRunOptions());
        }
        command.addAll(List.of(
                "--blocks",
                String.valueOf(request.blocks()),
                "--seed",
                String.valueOf(request.seed()),
                "--out",
                side.results().toString()));
        return children.start(side.checkout().folder(), side.log(), command, environment);
    }

    private static void requireMeasured(Side side, ChildCommands.Child campaign)
            throws IOException, InterruptedException {
        int status = campaign.await();
        // a campaign that is incorrect or unfair, or whose trials failed, is there to be judged all the same
        if (!Files.exists(side.results().resolve("campaign.json"))) {
            throw new HarnessException(side.name() + " (" + side.checkout().commit()
                    + ") was not measured: 'scripts/quorumark run' ended with status " + status + " and said: "
                    + ChildCommands.lastWords(side.log()));
        }
    }

    private void say(String what) {
        progress.println(what);
        progress.flush();
    }

    @Override
    public void close() throws IOException {
        cleanUp();
    }

    /** Whether {@link #cleanUp} was called. */
    boolean isStopped() {
        return children.isStopped();
    }

    /** Ends what runs and removes the work trees; from any thread, as often as one likes. */
    void cleanUp() throws IOException {
        children.stop();
        synchronized (checkouts) {
            for (RevisionCheckout checkout : checkouts) {
                checkout.close();
            }
            checkouts.clear();
            Files.deleteIfExists(table());
            Files.deleteIfExists(trees);
        }
    }
}
