package io.quorumark.results.analysis;

import io.quorumark.results.analysis.Finding.Severity;
import io.quorumark.results.store.StoredCampaign;
import java.util.List;

/** A campaign that ran beside other work measured that, too. */
final class QuietMachine implements FairnessCheck {
    private static final String ID = "quiet-machine";

    @Override
    public List<Finding> check(StoredCampaign stored) {
        OtherWork work = OtherWork.in(stored.trials());
        return work.isNotable()
                ? List.of(new Finding(ID, Severity.NOTE, "The campaign ran beside other work: " + work.figures() + "."))
                : List.of();
    }
}
