package io.quorumark.engine.support;

import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads an adapter's native options from {@link EngineConfig#options()}, and refuses what nobody read. */
public final class Options {
    private final String engineId;
    private final EngineConfig config;
    private final Map<String, String> unread;
    private final TreeSet<String> known = new TreeSet<>();

    public Options(String engineId, EngineConfig config) {
        this.engineId = engineId;
        this.config = config;
        this.unread = new TreeMap<>(config.options());
    }

    public String text(String name, String defaultValue, String... allowed) {
        known.add(name);
        String given = unread.remove(name);
        String value = given == null ? defaultValue : given;
        List<String> choices = Arrays.asList(allowed);
        if (!choices.isEmpty() && !choices.contains(value)) {
            throw invalid(name, value, "one of " + choices);
        }
        return value;
    }

    public long number(String name, long defaultValue, long min, long max) {
        String value = text(name, Long.toString(defaultValue));
        long number;
        try {
            number = Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw invalid(name, value, "a whole number");
        }
        if (number < min || number > max) {
            throw invalid(name, value, "a number from " + min + " to " + max);
        }
        return number;
    }

    /** A part of a whole: more than 0, less than 1. */
    public double fraction(String name, double defaultValue) {
        String value = text(name, Double.toString(defaultValue));
        double number;
        try {
            number = Double.parseDouble(value);
        } catch (NumberFormatException e) {
            number = Double.NaN;
        }
        if (!(number > 0 && number < 1)) {
            throw invalid(name, value, "a number between 0 and 1");
        }
        return number;
    }

    public boolean flag(String name, boolean defaultValue) {
        return Boolean.parseBoolean(text(name, Boolean.toString(defaultValue), "true", "false"));
    }

    /**
     * To be called after every option was read.
     *
     * @throws EngineException.InvalidOption one was given that the adapter does not know
     */
    public void refuseUnknown() {
        if (!unread.isEmpty()) {
            throw new EngineException.InvalidOption(
                    engineId,
                    config.directory(),
                    "unknown options " + unread.keySet() + ", expected some of " + known
                            + "; remove them from the plan");
        }
    }

    private EngineException.InvalidOption invalid(String name, String value, String expected) {
        return new EngineException.InvalidOption(
                engineId,
                config.directory(),
                "option " + name + " is '" + value + "', expected " + expected + "; correct it in the plan");
    }
}
