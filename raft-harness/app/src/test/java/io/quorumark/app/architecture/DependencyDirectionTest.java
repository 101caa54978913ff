package io.quorumark.app.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may depend on whom: the arrows of ARCHITECTURE.md. */
@AnalyzeClasses(packages = "io.quorumark", importOptions = DoNotIncludeTests.class)
class DependencyDirectionTest {
    private static final String ENGINE_SPI = "io.quorumark.engine";
    private static final String ENGINE_SUPPORT = "io.quorumark.engine.support";
    private static final String ENGINE_BRIDGE = "io.quorumark.engine.bridge";
    private static final String WORKLOAD = "io.quorumark.workload..";
    private static final String RESULTS = "io.quorumark.results..";
    private static final String REPORT = "io.quorumark.report..";
    private static final String RAFT = "io.quorumark.raft..";
    private static final String JRAFT = "io.quorumark.raft.jraft..";
    private static final String JRAFT_BENCHMARKS = "io.quorumark.jmh.jraft..";
    private static final String ENDPOINT = "io.quorumark.endpoint..";
    private static final String CAMPAIGN = "io.quorumark.campaign..";
    private static final String JMH = "io.quorumark.jmh..";
    private static final String APP = "io.quorumark.app..";

    private static final DescribedPredicate<JavaClass> ADAPTERS = DescribedPredicate.describe(
            "engine adapters",
            type -> type.getPackageName().startsWith("io.quorumark.engine.")
                    && !type.getPackageName().equals(ENGINE_SUPPORT)
                    && !type.getPackageName().startsWith("io.quorumark.engine.durability")
                    && !type.getPackageName().startsWith("io.quorumark.engine.tck"));

    private static final DescribedPredicate<JavaClass> BRIDGE = JavaClass.Predicates.resideInAPackage(ENGINE_BRIDGE);

    @ArchTest
    static final ArchRule the_engine_spi_depends_on_the_jdk_alone = classes()
            .that()
            .resideInAnyPackage(ENGINE_SPI, ENGINE_SUPPORT)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(ENGINE_SPI, ENGINE_SUPPORT, "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule adapters_see_the_spi_and_no_other_module = noClasses()
            .that(ADAPTERS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(WORKLOAD, RESULTS, REPORT, RAFT, CAMPAIGN, JMH, APP);

    @ArchTest
    static final ArchRule nobody_names_an_adapter = noClasses()
            .that(DescribedPredicate.not(ADAPTERS))
            .should()
            .dependOnClassesThat(ADAPTERS.and(DescribedPredicate.not(BRIDGE)));

    @ArchTest
    static final ArchRule the_bridge_is_known_to_adapters_and_to_benchmarks_of_it = noClasses()
            .that(DescribedPredicate.not(ADAPTERS))
            .and()
            .resideOutsideOfPackage(JMH)
            .should()
            .dependOnClassesThat(BRIDGE);

    @ArchTest
    static final ArchRule adapters_do_not_know_each_other = slices().matching("io.quorumark.engine.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(
                    DescribedPredicate.alwaysTrue(),
                    JavaClass.Predicates.resideInAnyPackage(ENGINE_SUPPORT, ENGINE_BRIDGE));

    @ArchTest
    static final ArchRule workloads_stand_alone = noClasses()
            .that()
            .resideInAPackage(WORKLOAD)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quorumark.engine..", RESULTS, REPORT, RAFT, CAMPAIGN, JMH, APP);

    @ArchTest
    static final ArchRule the_api_of_workloads_knows_no_model = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.quorumark.workload",
                    "io.quorumark.workload.key",
                    "io.quorumark.workload.value",
                    "io.quorumark.workload.distribution",
                    "io.quorumark.workload.spec",
                    "io.quorumark.workload.digest",
                    "io.quorumark.workload.trace",
                    "io.quorumark.workload.driver")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quorumark.workload.model..", "io.quorumark.workload.catalog");

    @ArchTest
    static final ArchRule models_of_workloads_do_not_know_each_other =
            slices().matching("io.quorumark.workload.model.(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule packages_of_workloads_have_no_cycles =
            slices().matching("io.quorumark.workload.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule results_stand_alone = noClasses()
            .that()
            .resideInAPackage(RESULTS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quorumark.engine..", WORKLOAD, REPORT, RAFT, CAMPAIGN, JMH, APP);

    @ArchTest
    static final ArchRule packages_of_results_have_no_cycles =
            slices().matching("io.quorumark.results.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule reports_see_results_only = noClasses()
            .that()
            .resideInAPackage(REPORT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quorumark.engine..", WORKLOAD, RAFT, CAMPAIGN, JMH, APP);

    @ArchTest
    static final ArchRule raft_sees_the_engine_spi_only = noClasses()
            .that()
            .resideInAPackage(RAFT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(WORKLOAD, RESULTS, REPORT, ENDPOINT, CAMPAIGN, JMH, APP);

    @ArchTest
    static final ArchRule endpoints_see_members_and_the_engine_spi = noClasses()
            .that()
            .resideInAPackage(ENDPOINT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(WORKLOAD, RESULTS, REPORT, CAMPAIGN, JMH, APP);

    @ArchTest
    static final ArchRule the_raft_library_is_known_to_one_tree_of_packages_and_to_benchmarks_against_it = noClasses()
            .that()
            .resideOutsideOfPackages(JRAFT, JRAFT_BENCHMARKS)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.alipay..");

    @ArchTest
    static final ArchRule nobody_names_what_adapts_the_raft_library = noClasses()
            .that()
            .resideOutsideOfPackages(JRAFT, JRAFT_BENCHMARKS)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(JRAFT);

    @ArchTest
    static final ArchRule the_parts_of_the_adapter_to_the_raft_library_do_not_know_each_other =
            slices().matching("io.quorumark.raft.jraft.(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule jmh_is_known_to_the_benchmarks_and_the_command_that_starts_them = noClasses()
            .that()
            .resideOutsideOfPackages(JMH, "io.quorumark.app.cli")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.openjdk.jmh..");

    @ArchTest
    static final ArchRule campaigns_are_a_library_without_command_line_and_documents = noClasses()
            .that()
            .resideInAPackage(CAMPAIGN)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(REPORT, JMH, APP, "picocli..");

    @ArchTest
    static final ArchRule benchmarks_do_not_know_the_command_line = noClasses()
            .that()
            .resideInAPackage(JMH)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(REPORT, APP, "picocli..");
}
