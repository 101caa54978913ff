package io.quorumark.results.fairness;

import io.quorumark.results.fairness.FairnessFinding.Severity;
import io.quorumark.results.store.StoredCampaign;
import java.util.List;

/** A campaign that ran beside other work measured that, too. */
final class QuietMachine implements FairnessCheck {
    private static final String ID = "quiet-machine";

    @Override
    public List<FairnessFinding> check(StoredCampaign stored) {
        OtherWork work = OtherWork.in(stored.trials());
        return work.isNotable()
                ? List.of(new FairnessFinding(
                        ID, Severity.NOTE, "The campaign ran beside other work: " + work.figures() + "."))
                : List.of();
    }
}
