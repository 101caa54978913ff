package io.quorumark.app.cli;

import io.quorumark.app.MachineFault;
import io.quorumark.app.turns.Turns;
import io.quorumark.results.ExitCode;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.gate.Confirmation;
import io.quorumark.results.gate.Gate;
import io.quorumark.results.gate.GateResult;
import io.quorumark.results.gate.MergedBlocks;
import io.quorumark.results.gate.Waivers;
import io.quorumark.results.store.CampaignReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Measures two revisions by turns on this host and judges them. Each block is a campaign of one block that the revision's own program runs. The campaigns of a pair of blocks run
 * side by side, and their trials take {@link Turns}; where a revision's program does not know turns, its whole campaign is over before the other one's begins. The base comes first in
 * one pair and the head in the next. A regression is measured again, in a fresh session with another seed, before it counts.
 *
 * <p>For one use. Closing it removes the work trees and keeps what was measured.
 */
final class RevisionGate implements AutoCloseable {
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
     * @param blocks of each session, at least 1
     * @param seed of the first session; the second has the next
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
     * @param head the campaign that it judged
     */
    record Outcome(GateResult gate, Analysis head) {}

    RevisionGate(Request request, PrintWriter progress) throws IOException {
        this.request = request;
        this.progress = progress;
        this.trees = Files.createTempDirectory("quorumark-gate");
    }

    Outcome run() throws IOException, InterruptedException {
        RevisionCheckout base = checkOut("base", request.baseRevision());
        RevisionCheckout head = checkOut("head", request.headRevision());
        build("base", base);
        build("head", head);
        Outcome first = session(1, base, head);
        if (first.gate().exitCode() != ExitCode.REGRESSION) {
            return first;
        }
        say("A cell regressed: measuring again to confirm it");
        Outcome second = session(2, base, head);
        return new Outcome(Confirmation.of(first.gate(), second.gate(), request.strict()), second.head());
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
            throw new MachineFault(side + " (" + checkout.commit() + ") does not build: '"
                    + String.join(" ", request.build()) + "' ended with status " + status + "; see " + log);
        }
    }

    private Outcome session(int session, RevisionCheckout base, RevisionCheckout head)
            throws IOException, InterruptedException {
        Path folder = Files.createDirectories(request.out().resolve("session-" + session));
        List<Path> baseBlocks = new ArrayList<>();
        List<Path> headBlocks = new ArrayList<>();
        for (int number = 0; number < request.blocks(); number++) {
            say("session " + session + ", block " + (number + 1) + " of " + request.blocks());
            Block ofBase = new Block("base", base, session, number, folder);
            Block ofHead = new Block("head", head, session, number, folder);
            measure(List.of(ofBase, ofHead));
            baseBlocks.add(ofBase.results());
            headBlocks.add(ofHead.results());
        }
        MergedBlocks.write(baseBlocks, folder.resolve("base"));
        MergedBlocks.write(headBlocks, folder.resolve("head"));
        Analysis judged = Analysis.of(CampaignReader.read(folder.resolve("head")));
        GateResult gate = Gate.compare(
                Analysis.of(CampaignReader.read(folder.resolve("base"))), judged, request.strict(), request.waivers());
        return new Outcome(gate, judged);
    }

    /** A campaign of one block. */
    private record Block(String side, RevisionCheckout checkout, int session, int number, Path sessionFolder) {
        Path results() {
            return sessionFolder.resolve("blocks").resolve(side + "-" + (number + 1));
        }

        Path log() {
            return sessionFolder.resolve(side + ".log");
        }
    }

    /** The base's is side 0. */
    private void measure(List<Block> pair) throws IOException, InterruptedException {
        int first = pair.get(0).number() % 2;
        int second = 1 - first;
        Path table = trees.resolve("turns");
        Turns turns = new Turns(table, Turns.SLICE);
        try {
            ChildCommands.Child[] campaigns = new ChildCommands.Child[pair.size()];
            IntPredicate hasEnded = side -> campaigns[side].hasEnded();
            campaigns[first] = start(pair.get(first), turns.environment(first));
            turns.awaitReady(first, hasEnded);
            if (hasEnded.test(first)) {
                requireMeasured(pair.get(first), campaigns[first]);
            }
            campaigns[second] = start(pair.get(second), turns.environment(second));
            turns.keep(first, hasEnded);
            requireMeasured(pair.get(0), campaigns[0]);
            requireMeasured(pair.get(1), campaigns[1]);
        } finally {
            Files.deleteIfExists(table);
        }
    }

    private ChildCommands.Child start(Block block, Map<String, String> environment) throws IOException {
        Files.createDirectories(block.results().getParent());
        List<String> command = new ArrayList<>(List.of("scripts/quorumark", "run"));
        command.addAll(request.runOptions());
        if (block.side().equals("head")) {
            command.addAll(request.headRunOptions());
        }
        command.addAll(List.of(
                "--blocks",
                "1",
                "--seed",
                String.valueOf(request.seed() + block.session() - 1),
                "--out",
                block.results().toString()));
        return children.start(block.checkout().folder(), block.log(), command, environment);
    }

    private static void requireMeasured(Block block, ChildCommands.Child campaign)
            throws IOException, InterruptedException {
        int status = campaign.await();
        // a campaign that is incorrect or unfair, or whose trials failed, is there to be judged all the same
        if (!Files.exists(block.results().resolve("campaign.json"))) {
            throw new MachineFault("block " + (block.number() + 1) + " of " + block.side() + " ("
                    + block.checkout().commit() + ") was not measured: 'scripts/quorumark run' ended with status "
                    + status + " and said: " + ChildCommands.lastWords(block.log()));
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
            Files.deleteIfExists(trees);
        }
    }
}
