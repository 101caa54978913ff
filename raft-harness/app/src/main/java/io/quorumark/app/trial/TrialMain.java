package io.quorumark.app.trial;

import io.quorumark.app.Engines;
import io.quorumark.app.LibraryLogging;
import io.quorumark.app.campaign.TrialOutput;
import io.quorumark.results.store.CampaignFolder;
import io.quorumark.results.store.ResultsJson;
import java.nio.file.Path;

/** The main class of a trial's JVM. Its one argument is the file of its {@link TrialSpec}. */
public final class TrialMain {
    private TrialMain() {}

    public static void main(String[] arguments) throws Exception {
        ParentWatch.start(System.in);
        LibraryLogging.quiet();
        TrialSpec spec = ResultsJson.read(Path.of(arguments[0]), TrialSpec.class);
        TrialResult result = new TrialRunner(spec, Engines.onClassPath(), TrialMain::print).run();
        result.storeIn(new CampaignFolder(Path.of(spec.campaignFolder())));
        // The libraries leave threads behind that nobody needs any more.
        Runtime.getRuntime().halt(0);
    }

    private static void print(TrialOutput output) {
        System.out.println(output.toLine());
        System.out.flush();
    }
}
