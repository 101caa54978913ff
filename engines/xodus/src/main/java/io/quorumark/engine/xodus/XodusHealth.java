package io.quorumark.engine.xodus;

import io.quorumark.engine.Health;
import io.quorumark.engine.support.DiskRoom;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jetbrains.exodus.env.EnvironmentImpl;

/** What Xodus knows of its own state. */
final class XodusHealth {
    private static final int PERCENT_FREE_WANTED = 5;
    private static final int PERCENT_USED_WANTED = 20;

    private XodusHealth() {}

    static Health of(EnvironmentImpl environment, Path directory) {
        if (environment.getEnvironmentConfig().getEnvIsReadonly()) {
            return new Health(
                    Health.Status.FAILED, List.of("the environment takes no writes any more; close and reopen it"));
        }
        List<String> findings = new ArrayList<>();
        int usedPercent = environment.getGC().getUtilizationProfile().totalUtilizationPercent();
        long logBytes = environment.getLog().getDiskUsage();
        if (usedPercent < PERCENT_USED_WANTED && logBytes > environment.getLog().getFileLengthBound()) {
            findings.add("only " + usedPercent + " % of the log's " + logBytes
                    + " bytes are in use: the collector has fallen behind; compact");
        }
        DiskRoom.findingOf(directory, PERCENT_FREE_WANTED).ifPresent(findings::add);
        return findings.isEmpty() ? Health.GOOD : new Health(Health.Status.DEGRADED, findings);
    }
}
