package io.quorumark.campaign.trial;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.GcInfo;
import io.quorumark.raft.timing.Activity;
import io.quorumark.workload.driver.StoppingCollectors;
import java.lang.management.GarbageCollectorMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;
import org.jspecify.annotations.Nullable;

/**
 * When collections stopped this JVM, in milliseconds as the JVM tells them.
 *
 * <p>The JVM counts from a moment of its own, which is neither that of its start nor told. Since a collection is told after its end, the
 * latest that this moment can be follows from whichever was told soonest.
 */
final class CollectorPauses {
    private final List<Told> told = new ArrayList<>();
    private final NotificationListener listener = this::hear;

    /** Times of the JVM's own clock, and when they were told by {@link System#nanoTime}. */
    private record Told(long startMillis, long endMillis, long toldNanos) {
        /** When the JVM's clock stood at 0, at the latest. */
        long latestOriginNanos() {
            return toldNanos - TimeUnit.MILLISECONDS.toNanos(endMillis);
        }
    }

    void start() {
        emitters().forEach(emitter -> emitter.addNotificationListener(listener, null, null));
    }

    /** Hears no more, and tells what it heard. */
    List<Activity> stop() {
        for (NotificationEmitter emitter : emitters()) {
            try {
                emitter.removeNotificationListener(listener);
            } catch (ListenerNotFoundException e) {
                throw new IllegalStateException("collections were watched twice, or never", e);
            }
        }
        return heard();
    }

    /** So far. */
    List<Activity> heard() {
        synchronized (told) {
            long originNanos =
                    told.stream().mapToLong(Told::latestOriginNanos).min().orElse(0);
            return told.stream()
                    .map(each -> new Activity(
                            "collection",
                            originNanos + TimeUnit.MILLISECONDS.toNanos(each.startMillis),
                            originNanos + TimeUnit.MILLISECONDS.toNanos(each.endMillis)))
                    .toList();
        }
    }

    private static List<NotificationEmitter> emitters() {
        List<NotificationEmitter> emitters = new ArrayList<>();
        for (GarbageCollectorMXBean bean : StoppingCollectors.ofThisJvm()) {
            if (bean instanceof NotificationEmitter emitter) {
                emitters.add(emitter);
            }
        }
        return emitters;
    }

    private void hear(Notification notification, @Nullable Object handback) {
        long nowNanos = System.nanoTime();
        if (!notification.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
            return;
        }
        GcInfo collection = GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData())
                .getGcInfo();
        synchronized (told) {
            told.add(new Told(collection.getStartTime(), collection.getEndTime(), nowNanos));
        }
    }
}
