package io.quorumark.engine.durability;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;

/**
 * Between which events of a trace a process might have been killed. Three in five are right after an acknowledgement, spread evenly; one
 * in five lies right before and after changes of names and lengths, which are what an engine's background work ends with; the others
 * anywhere.
 */
final class Moments {
    private Moments() {}

    /**
     * Chooses at most {@code wanted} of them, in their order.
     *
     * @param from the first event that may have been the last
     * @return how many events had happened
     */
    static NavigableSet<Integer> chosen(Acknowledged acknowledged, int from, int wanted, Random random) {
        List<Trace.Event> events = acknowledged.trace().events();
        List<Integer> acknowledgements = new ArrayList<>();
        List<Integer> names = new ArrayList<>();
        List<Integer> all = new ArrayList<>();
        for (int i = from; i < events.size(); i++) {
            all.add(i + 1);
            if (acknowledged.isOne(events.get(i))) {
                acknowledgements.add(i + 1);
            }
            switch (events.get(i).kind()) {
                case CREATE, RENAME, UNLINK, LINK, EXCHANGE, TRUNCATE -> {
                    names.add(i);
                    names.add(i + 1);
                }
                default -> {}
            }
        }
        NavigableSet<Integer> moments = new TreeSet<>();
        spread(acknowledgements, 3 * wanted / 5, random, moments);
        Collections.shuffle(names, random);
        moments.addAll(names.subList(0, Math.min(names.size(), wanted / 5)));
        spread(all, wanted - moments.size(), random, moments);
        return moments;
    }

    private static void spread(List<Integer> candidates, int wanted, Random random, NavigableSet<Integer> into) {
        if (candidates.size() <= wanted) {
            into.addAll(candidates);
            return;
        }
        double step = candidates.size() / (double) wanted;
        for (int i = 0; i < wanted; i++) {
            into.add(candidates.get((int) (step * (i + random.nextDouble()))));
        }
    }
}
