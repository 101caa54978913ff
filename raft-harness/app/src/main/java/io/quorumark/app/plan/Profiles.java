package io.quorumark.app.plan;

import io.quorumark.app.UsageError;
import io.quorumark.workload.spec.StrictYaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The plans that come with the program, and how a user's plan is completed by one. */
public final class Profiles {
    /** The profile of a plan that names none. */
    public static final String DEFAULT = "quick";

    private static final List<String> NAMES = List.of("smoke", "quick", "gate", "adr");

    private Profiles() {}

    /** From the shortest to the longest. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * The profile as written.
     *
     * @throws UsageError there is no such profile
     */
    public static Plan named(String name) {
        if (!NAMES.contains(name)) {
            throw new UsageError("unknown profile '" + name + "', expected one of " + NAMES);
        }
        try (InputStream in = Profiles.class.getResourceAsStream("/profiles/" + name + ".yaml")) {
            if (in == null) {
                throw new AssertionError("profile " + name + " is not in the program");
            }
            return StrictYaml.read("profile " + name, in, Plan.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first comment of the profile's file, as a description. */
    public static String description(String name) {
        try (InputStream in = Profiles.class.getResourceAsStream("/profiles/" + name + ".yaml")) {
            if (in == null) {
                throw new AssertionError("profile " + name + " is not in the program");
            }
            StringBuilder description = new StringBuilder();
            for (String line : new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .takeWhile(line -> line.startsWith("#"))
                    .toList()) {
                description
                        .append(description.isEmpty() ? "" : " ")
                        .append(line.substring(1).strip());
            }
            return description.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Completes what the user said: options on the command line first, then the plan's file, then the profile.
     *
     * @param file the user's plan, if any
     * @param profile named on the command line, if any
     * @param options from the command line; {@link Plan#EMPTY} for none
     * @throws UsageError something is missing or contradictory
     * @throws io.quorumark.workload.spec.SpecException the file is not a plan
     */
    public static ResolvedPlan resolve(@Nullable Path file, @Nullable String profile, Plan options) {
        Plan written = options.withFilesIn(Path.of("").toAbsolutePath());
        String source = "command line";
        if (file != null) {
            Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file lies in a folder");
            written = written.over(StrictYaml.read(file, Plan.class).withFilesIn(folder));
            source = file.toString();
        }
        String base = profile != null ? profile : written.profile() != null ? written.profile() : DEFAULT;
        Plan complete = written.over(named(base));
        return ResolvedPlan.of(complete, base, source);
    }
}
