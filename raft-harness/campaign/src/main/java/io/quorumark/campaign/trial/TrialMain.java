package io.quorumark.campaign.trial;

import io.quorumark.campaign.TrialOutput;
import io.quorumark.campaign.support.HarnessException;
import io.quorumark.campaign.support.LibraryLogging;
import io.quorumark.engine.EngineException;
import io.quorumark.results.store.CampaignFolder;
import io.quorumark.results.store.ResultsJson;
import io.quorumark.workload.spec.SpecException;
import java.nio.file.Path;

/** The main class of a trial's JVM. Its one argument is the file of its {@link TrialSpec}. */
public final class TrialMain {
    private TrialMain() {}

    public static void main(String[] arguments) throws Exception {
        ParentWatch.start(System.in);
        LibraryLogging.quiet();
        // The libraries leave threads behind that nobody needs any more.
        Runtime.getRuntime().halt(run(Path.of(arguments[0])));
    }

    private static int run(Path specFile) {
        try {
            TrialSpec spec = ResultsJson.read(specFile, TrialSpec.class);
            TrialResult result = new TrialRunner(spec, spec.engines(), TrialMain::print).run();
            result.storeIn(new CampaignFolder(Path.of(spec.campaignFolder())));
            return 0;
        } catch (Throwable e) {
            e.printStackTrace();
            boolean speaksForItself =
                    e instanceof HarnessException || e instanceof SpecException || e instanceof EngineException;
            // the last line is what the campaign passes on
            System.err.println(speaksForItself ? e.getMessage() : e.toString());
            System.err.flush();
            return 1;
        }
    }

    private static void print(TrialOutput output) {
        System.out.println(output.toLine());
        System.out.flush();
    }
}
