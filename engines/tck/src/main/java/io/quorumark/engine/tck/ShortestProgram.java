package io.quorumark.engine.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Shortens a failing program for as long as it still fails: first whole runs of steps go, half of the program at first and single steps at
 * last (delta debugging, Zeller and Hildebrandt 2002), then what the remaining steps hold. Ends when nothing more can be left out, or after
 * a fixed number of tries.
 */
final class ShortestProgram {
    private static final int MAX_TRIES = 2000;

    private final Predicate<List<Step>> fails;
    private List<Step> shortest;
    private int tries;

    private ShortestProgram(List<Step> failing, Predicate<List<Step>> fails) {
        this.shortest = failing;
        this.fails = fails;
    }

    /**
     * The shortest program found.
     *
     * @param failing a program that {@code fails}
     * @param fails runs a program and says whether it fails
     */
    static List<Step> of(List<Step> failing, Predicate<List<Step>> fails) {
        ShortestProgram search = new ShortestProgram(failing, fails);
        int before;
        do {
            before = search.tries;
            search.leaveOutSteps();
        } while (search.simplifySteps() && search.tries > before);
        return search.shortest;
    }

    private void leaveOutSteps() {
        for (int run = Math.max(1, shortest.size() / 2); run >= 1; run /= 2) {
            int at = 0;
            while (at < shortest.size()) {
                if (!becomes(without(at, Math.min(shortest.size(), at + run)))) {
                    at += run;
                }
            }
        }
    }

    private List<Step> without(int from, int to) {
        List<Step> rest = new ArrayList<>(shortest.subList(0, from));
        rest.addAll(shortest.subList(to, shortest.size()));
        return rest;
    }

    /** @return whether any step became simpler */
    private boolean simplifySteps() {
        boolean any = false;
        for (int at = 0; at < shortest.size(); at++) {
            while (simplifyStep(at)) {
                any = true;
            }
        }
        return any;
    }

    private boolean simplifyStep(int at) {
        for (Step simpler : shortest.get(at).simpler()) {
            List<Step> program = new ArrayList<>(shortest);
            program.set(at, simpler);
            if (becomes(program)) {
                return true;
            }
        }
        return false;
    }

    private boolean becomes(List<Step> program) {
        if (tries == MAX_TRIES) {
            return false;
        }
        tries++;
        if (fails.test(program)) {
            shortest = List.copyOf(program);
            return true;
        }
        return false;
    }
}
