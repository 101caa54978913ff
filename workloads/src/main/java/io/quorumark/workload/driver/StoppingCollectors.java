package io.quorumark.workload.driver;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/** This JVM's collectors whose work stops the program. */
public final class StoppingCollectors {
    private StoppingCollectors() {}

    /** All save those that count the cycles of concurrent collectors, during which the program runs on. */
    public static List<GarbageCollectorMXBean> ofThisJvm() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(collector -> !collector.getName().contains("Cycles"))
                .toList();
    }
}
