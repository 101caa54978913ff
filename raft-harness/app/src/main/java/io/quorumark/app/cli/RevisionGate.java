package io.quorumark.app.cli;

import io.quorumark.app.MachineFault;
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

/**
 * Measures two revisions by turns on this host and judges them. Each block is a campaign of one block that the revision's own program runs; base and head take turns in the order
 * base, head, head, base, so that what drifts with time hits both. A regression is measured again, in a fresh session with another seed, before it counts.
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

    private Outcome session(int number, RevisionCheckout base, RevisionCheckout head)
            throws IOException, InterruptedException {
        Path folder = Files.createDirectories(request.out().resolve("session-" + number));
        List<Path> baseBlocks = new ArrayList<>();
        List<Path> headBlocks = new ArrayList<>();
        for (int block = 0; block < request.blocks(); block++) {
            say("session " + number + ", block " + (block + 1) + " of " + request.blocks());
            if (block % 2 == 0) {
                baseBlocks.add(measure(base, folder, "base", block, number));
                headBlocks.add(measure(head, folder, "head", block, number));
            } else {
                headBlocks.add(measure(head, folder, "head", block, number));
                baseBlocks.add(measure(base, folder, "base", block, number));
            }
        }
        MergedBlocks.write(baseBlocks, folder.resolve("base"));
        MergedBlocks.write(headBlocks, folder.resolve("head"));
        Analysis judged = Analysis.of(CampaignReader.read(folder.resolve("head")));
        GateResult gate = Gate.compare(
                Analysis.of(CampaignReader.read(folder.resolve("base"))), judged, request.strict(), request.waivers());
        return new Outcome(gate, judged);
    }

    private Path measure(RevisionCheckout checkout, Path session, String side, int block, int number)
            throws IOException, InterruptedException {
        Path target = Files.createDirectories(session.resolve("blocks")).resolve(side + "-" + (block + 1));
        Path log = session.resolve(side + ".log");
        List<String> command = new ArrayList<>(List.of("scripts/quorumark", "run"));
        command.addAll(request.runOptions());
        if (side.equals("head")) {
            command.addAll(request.headRunOptions());
        }
        command.addAll(List.of(
                "--blocks", "1", "--seed", String.valueOf(request.seed() + number - 1), "--out", target.toString()));
        int status = children.run(checkout.folder(), log, command);
        // a campaign that is incorrect or unfair, or whose trials failed, is there to be judged all the same
        if (!Files.exists(target.resolve("campaign.json"))) {
            throw new MachineFault("block " + (block + 1) + " of " + side + " (" + checkout.commit()
                    + ") was not measured: 'scripts/quorumark run' ended with status " + status + " and said: "
                    + ChildCommands.lastWords(log));
        }
        return target;
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
