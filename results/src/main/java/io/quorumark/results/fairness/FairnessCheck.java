package io.quorumark.results.fairness;

import io.quorumark.results.store.StoredCampaign;
import java.util.List;

/** One rule that a campaign must keep for its numbers to be comparable. Stateless. */
interface FairnessCheck {
    /** What breaks the rule; empty if all is well. */
    List<FairnessFinding> check(StoredCampaign stored);
}
