package io.quorumark.results.fairness;

import io.quorumark.results.fairness.FairnessFinding.Severity;
import io.quorumark.results.store.StoredCampaign;
import java.util.List;
import java.util.Set;

/** Data was on a device, so that {@code POWER_LOSS} means something. */
final class RealDevice implements FairnessCheck {
    private static final String ID = "real-device";
    private static final String OVERLAY = "overlay";
    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");

    @Override
    public List<FairnessFinding> check(StoredCampaign stored) {
        String filesystem = stored.campaign().host().dataFilesystem();
        if (filesystem.equals(OVERLAY)) {
            return List.of(
                    new FairnessFinding(
                            ID,
                            Severity.NOTE,
                            "The data was on an overlay filesystem: what lies below it, and what a sync costs there, is not known."));
        }
        if (!IN_MEMORY.contains(filesystem)) {
            return List.of();
        }
        boolean claimsPowerLoss = stored.campaign().cells().stream()
                .anyMatch(cell -> cell.cluster().logDurability().equals("POWER_LOSS"));
        return List.of(new FairnessFinding(
                ID,
                claimsPowerLoss ? Severity.UNFAIR : Severity.NOTE,
                "The data was on " + filesystem + ", which is memory: nothing here would survive a power cut."));
    }
}
