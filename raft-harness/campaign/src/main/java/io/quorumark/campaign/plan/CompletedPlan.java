package io.quorumark.campaign.plan;

import io.quorumark.campaign.engine.Engines;
import io.quorumark.campaign.support.UsageError;
import io.quorumark.endpoint.EndpointException;
import io.quorumark.endpoint.Password;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A plan with every default filled in.
 *
 * @param sources of its values
 * @param engines that there are with the plan's {@code enginePath}
 */
public record CompletedPlan(ResolvedPlan plan, PlanSources sources, Engines engines) {
    /** Refuses engines that are not there, by the place that names them. */
    void checkEngines() {
        List<String> named = plan.engines();
        for (int i = 0; i < named.size(); i++) {
            check("engines[" + i + "]", named.get(i));
        }
        check("raft.log.engine", plan.raft().log().engine());
        check("raft.state.engine", plan.raft().state().engine());
    }

    /**
     * Reads keystore and passwords for members that run on their own, and uses them for nothing.
     *
     * @throws io.quorumark.workload.spec.SpecException one cannot be used, with file, line and key
     */
    public void checkSecrets() {
        TlsConfig tls = plan.cluster().tls();
        if (tls != null) {
            checked("cluster.tls", tls::checkInPlan);
        }
        String passwordFile = plan.cluster().passwordFile();
        if (passwordFile != null) {
            checked("cluster.passwordFile", () -> checkPassword(passwordFile));
        }
    }

    private static void checkPassword(String file) {
        try {
            Password unused = Password.read(Path.of(file));
        } catch (EndpointException e) {
            throw new UsageError(String.valueOf(e.getMessage()));
        }
    }

    /** A line for each key: its value and who says so. */
    public List<String> described() {
        List<String> lines = new ArrayList<>();
        PlanSources.leaves(plan)
                .forEach((key, value) ->
                        lines.add(String.format(Locale.ROOT, "%-34s %-28s %s", key, value, sources.of(key))));
        return lines;
    }

    private void check(String key, @Nullable String engine) {
        if (engine == null) {
            return;
        }
        checked(key, () -> engines.require(engine));
    }

    private void checked(String key, Runnable check) {
        try {
            check.run();
        } catch (UsageError e) {
            throw sources.located(key, e);
        }
    }
}
