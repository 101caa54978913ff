package io.quorumark.engine.tck.lies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Assumptions;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs of a kit on the toy. One at a time in a JVM: what the toy lies about is a system property. */
final class KitRun {
    private KitRun() {}

    /** All of a kit finds nothing. */
    static void requirePass(Lie none, Class<?> kit) {
        assertThat(failures(none, kit, test -> true).causes).isEmpty();
    }

    /** The test that is there for a lie finds it, and says what it is about; skipped if this machine lacks what that test needs. */
    static void requireFound(Lie lie) {
        Failures failures = failures(lie, lie.kit(), lie.foundBy()::equals);
        if (failures.names.isEmpty()) {
            failures.skipped.stream().findFirst().ifPresent(Assumptions::abort);
        }
        assertThat(failures.names).as("tests that failed").contains(lie.foundBy());
        assertThat(failures.causes)
                .as("failures that do not say what they are about")
                .noneMatch(cause -> cause.matches("(?s)[^:]*: [^:]*Error: \\s*(Expecting|expected:).*"));
    }

    /** @param methods whose names are run */
    private static Failures failures(Lie lie, Class<?> kit, Predicate<String> methods) {
        Failures failures = new Failures();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(kit))
                .filters(TagFilter.excludeTags("long"), only(methods))
                .build();
        System.setProperty(ToyKits.PROPERTY, lie.name());
        try {
            LauncherFactory.create().execute(request, failures);
        } finally {
            System.clearProperty(ToyKits.PROPERTY);
        }
        assertThat(failures.executed).as("tests that ran").isPositive();
        return failures;
    }

    private static PostDiscoveryFilter only(Predicate<String> methods) {
        return test -> FilterResult.includedIf(test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(source -> methods.test(((MethodSource) source).getMethodName()))
                .orElse(true));
    }

    private static final class Failures implements TestExecutionListener {
        private final Set<String> names = new TreeSet<>();
        private final List<String> causes = new ArrayList<>();
        private final List<String> skipped = new ArrayList<>();
        private int executed;

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (!test.isTest()) {
                return;
            }
            executed++;
            if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
                skipped.add(test.getDisplayName() + ": "
                        + result.getThrowable().map(Throwable::getMessage).orElse("no reason"));
            }
            if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                result.getThrowable().ifPresent(cause -> causes.add(test.getDisplayName() + ": " + cause));
                test.getSource()
                        .filter(MethodSource.class::isInstance)
                        .map(MethodSource.class::cast)
                        .ifPresent(source -> names.add(source.getMethodName()));
            }
        }
    }
}
