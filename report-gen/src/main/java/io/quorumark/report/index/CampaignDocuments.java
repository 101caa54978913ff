package io.quorumark.report.index;

import java.util.Optional;

/**
 * Where a campaign lies, seen from the index.
 *
 * @param folder below the folder that the index is of, as people read it
 * @param report URL of its report, relative to the index; empty if it has none
 * @param record URL of its decision record, relative to the index; empty if it has none
 */
public record CampaignDocuments(String folder, Optional<String> report, Optional<String> record) {}
