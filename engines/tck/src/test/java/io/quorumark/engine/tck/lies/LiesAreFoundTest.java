package io.quorumark.engine.tck.lies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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

/** The kit is proved here: it finds nothing wrong with the honest toy, and each lie with the test that is there for it. */
class LiesAreFoundTest {
    private static final Set<Lie> CRASHING = EnumSet.of(
            Lie.ACKNOWLEDGES_EARLY,
            Lie.HOLDS_ONE_IN_33,
            Lie.LOSES_BEFORE_ROLLOVER,
            Lie.LOSES_WHILE_COMPACTING,
            Lie.SKIPPED_SYNC,
            Lie.SKIPPED_MAPPED_SYNC,
            Lie.COUNTS_SYNCS_TWICE,
            Lie.IDLE_SYNC,
            Lie.UNTYPED_AFTER_KILL);

    @AfterEach
    void tellTheTruthAgain() {
        System.clearProperty(ToyKits.PROPERTY);
    }

    @Test
    void an_honest_engine_passes() {
        assertThat(failuresWith(Lie.NONE, test -> true, ToyKits.Conformance.class, ToyKits.Crash.class).causes)
                .isEmpty();
    }

    @Test
    void an_honest_engine_that_maps_its_file_passes() {
        assertThat(failuresWith(Lie.MAPPED, test -> true, ToyKits.Crash.class).causes)
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Lie.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE", "MAPPED"})
    void every_lie_is_found_by_the_test_that_is_there_for_it(Lie lie) {
        Class<?> kit = CRASHING.contains(lie) ? ToyKits.Crash.class : ToyKits.Conformance.class;
        Failures failures = failuresWith(lie, lie.foundBy()::equals, kit);
        assertThat(failures.names).as("tests that failed").contains(lie.foundBy());
        assertThat(failures.causes)
                .as("failures that do not say what they are about")
                .noneMatch(cause -> cause.matches("(?s)[^:]*: [^:]*Error: \\s*(Expecting|expected:).*"));
    }

    /** @param methods whose names are run */
    private static Failures failuresWith(Lie lie, Predicate<String> methods, Class<?>... kits) {
        System.setProperty(ToyKits.PROPERTY, lie.name());
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(List.of(kits).stream().map(kit -> selectClass(kit)).toList())
                .filters(TagFilter.excludeTags("long"), only(methods))
                .build();
        Failures failures = new Failures();
        LauncherFactory.create().execute(request, failures);
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
        private int executed;

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (!test.isTest()) {
                return;
            }
            executed++;
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
