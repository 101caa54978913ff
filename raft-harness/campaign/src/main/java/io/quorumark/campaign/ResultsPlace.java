package io.quorumark.campaign;

import io.quorumark.campaign.support.UsageError;
import io.quorumark.results.store.CampaignWriter;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Where a campaign's results go.
 *
 * @param path the folder itself, absent or empty; or the one in which the campaign gets a folder under its own id
 * @param isParent which of the two
 */
public record ResultsPlace(Path path, boolean isParent) {
    /** A folder, which must be absent or empty. */
    public static ResultsPlace in(Path folder) {
        return new ResultsPlace(folder, false);
    }

    /** A folder named by the campaign's id. */
    public static ResultsPlace below(Path parent) {
        return new ResultsPlace(parent, true);
    }

    /**
     * Refuses what no new campaign could be written to.
     *
     * @throws UsageError it would lie in a file
     * @throws io.quorumark.results.store.ResultsException it is a file, or not empty
     */
    public void check() throws IOException {
        if (!isParent) {
            CampaignWriter.refuseNonEmpty(path);
        }
        Folders.nearestThatExists(path, "results");
    }

    Path root(String campaignId) {
        return isParent ? path.resolve(campaignId) : path;
    }
}
