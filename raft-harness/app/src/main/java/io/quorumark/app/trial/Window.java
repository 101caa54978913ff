package io.quorumark.app.trial;

import io.quorumark.app.MachineFault;
import io.quorumark.app.host.ProcessUsage;
import io.quorumark.results.model.Trial.Event;
import io.quorumark.results.model.Trial.Resources;
import io.quorumark.workload.driver.WindowListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What happened around the measured window: resources used and leadership, read when it begins and when it ends. */
final class Window implements WindowListener {
    private final Deployment deployment;
    private ProcessUsage before;
    private ProcessUsage after;
    private long leadershipBefore;
    private long leadershipAfter;

    Window(Deployment deployment) {
        this.deployment = deployment;
        this.before = usage();
        this.after = before;
    }

    @Override
    public void windowBegins() {
        before = usage();
        leadershipBefore = deployment.leadershipEpoch();
    }

    @Override
    public void windowEnds() {
        after = usage();
        leadershipAfter = deployment.leadershipEpoch();
    }

    /** How often leadership changed inside the window. */
    long leadershipChanges() {
        return leadershipAfter - leadershipBefore;
    }

    Resources resources(long operations, long diskBytes) throws IOException {
        ProcessUsage used = after.since(before);
        double per = Math.max(1, operations);
        return new Resources(
                used.cpuNanos() / per,
                Math.max(0, used.allocatedBytes()) / per,
                used.writtenBytes(),
                diskBytes,
                ProcessUsage.peakRssBytes(),
                used.gcMillis(),
                used.gcCount(),
                used.compilationMillis());
    }

    private static ProcessUsage usage() {
        try {
            return ProcessUsage.now();
        } catch (IOException e) {
            throw new MachineFault("this process's own resource use cannot be read: " + e.getMessage(), e);
        }
    }

    List<Event> events() {
        ProcessUsage used = after.since(before);
        List<Event> events = new ArrayList<>();
        if (used.gcCount() > 0) {
            events.add(new Event(
                    0, "collections", used.gcCount() + " in the window, " + used.gcMillis() + " ms together"));
        }
        if (leadershipChanges() > 0) {
            events.add(new Event(0, "leader-change", leadershipChanges() + " in the window"));
        }
        return events;
    }
}
