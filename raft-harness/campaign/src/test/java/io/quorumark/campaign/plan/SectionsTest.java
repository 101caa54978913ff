package io.quorumark.campaign.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.IntNode;
import io.quorumark.campaign.node.NodeConfig;
import io.quorumark.campaign.plan.Plan.ArrivalsPlan;
import io.quorumark.results.model.TargetKind;
import io.quorumark.workload.spec.InvalidValue;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for every key of every section, present and to come: the tests walk the records. */
class SectionsTest {
    /** Every key of a plan, with a value that no check refuses. */
    private static Map<String, Object> keys() {
        Map<String, Object> keys = new LinkedHashMap<>();
        collect("", Plan.class, keys);
        return keys;
    }

    private static void collect(String path, Class<?> section, Map<String, Object> keys) {
        for (RecordComponent component : section.getRecordComponents()) {
            String key = path + component.getName();
            if (Section.class.isAssignableFrom(component.getType())) {
                collect(key + ".", component.getType(), keys);
            } else {
                keys.put(key, value(key, component.getType()));
            }
        }
    }

    private static Object value(String key, Class<?> type) {
        Map<String, Object> texts = Map.of(
                "cluster.transport", "tcp",
                "cluster.durability", "NONE",
                "cluster.reads", "lease",
                "load.kind", "open",
                "load.pacing", "spin",
                "load.sweep.objective", "p99 <= 1 ms",
                "raft.log.durability", "NONE",
                "raft.state.durability", "NONE");
        Map<Class<?>, Object> values = Map.of(
                Long.class,
                1000L,
                Integer.class,
                256,
                Double.class,
                0.9,
                Boolean.class,
                true,
                List.class,
                List.of("one"),
                Map.class,
                Map.of("one", Map.of("option", "value")),
                TargetKind.class,
                TargetKind.ENGINE,
                TlsConfig.class,
                new TlsConfig("keystore", "password"),
                ArrivalsPlan.class,
                new ArrivalsPlan("bursts", 1.0, 0.5),
                Members.class,
                Members.of(IntNode.valueOf(5)));
        Map<String, Object> narrow = Map.of(
                "load.sweep.factor",
                2.0,
                "load.sweep.maxSeconds",
                60.0,
                "raft.snapshot.retain",
                2,
                "load.steadySeconds",
                5);
        Object value = narrow.getOrDefault(
                key, type == String.class ? texts.getOrDefault(key, "text") : values.getOrDefault(type, type));
        assertThat(value).as("an example of what %s may be", key).isInstanceOf(type);
        return value;
    }

    private static Plan saying(Map<String, Object> keys) {
        Plan plan = Plan.EMPTY;
        for (Map.Entry<String, Object> key : keys.entrySet()) {
            plan = plan.with(key.getKey(), key.getValue());
        }
        return plan;
    }

    @Test
    void a_key_that_one_plan_says_wins_and_all_others_stay_whichever_it_is() {
        Map<String, Object> keys = keys();
        Plan all = saying(keys);

        assertThat(keys).hasSizeGreaterThan(50);
        keys.forEach((key, value) -> {
            Plan one = Plan.EMPTY.with(key, value);
            Plan allBut = all.with(key, null);

            assertThat(one.over(allBut)).as(key).isEqualTo(all);
            assertThat(allBut.over(one)).as(key).isEqualTo(all);
            assertThat(allBut).as(key).isNotEqualTo(all);
        });
    }

    /** A key that only {@link Plan} knows would be accepted, and change nothing. */
    @Test
    void every_key_has_its_place_in_what_runs() {
        assertThat(keys().keySet()).allSatisfy(key -> {
            Class<?> section = ResolvedPlan.class;
            for (String name : key.split("\\.")) {
                Class<?> within = section;
                section = Stream.of(within.getRecordComponents())
                        .filter(component -> component.getName().equals(name))
                        .findFirst()
                        .orElseThrow(() ->
                                new AssertionError(key + ": " + within.getSimpleName() + " has no component " + name))
                        .getType();
            }
        });
    }

    @Test
    void every_key_stands_in_the_documentation() throws IOException {
        String text = Files.readString(Path.of("..", "..", "docs", "plans.md"));
        assertThat(keys().keySet()).allSatisfy(key -> {
            String name = key.substring(key.lastIndexOf('.') + 1);
            assertThat(text).as(key).containsPattern("\\b" + name + "\\b");
        });
    }

    @Test
    void the_stronger_of_two_values_counts() {
        Plan strong = Plan.EMPTY.with("load.clients", 1);
        Plan weak = Plan.EMPTY.with("load.clients", 2).with("load.kind", "closed");

        assertThat(strong.over(weak)).isEqualTo(weak.with("load.clients", 1));
    }

    @Test
    void what_is_no_section_is_taken_as_a_whole() {
        Plan strong = Plan.EMPTY.with("load.arrivals", new ArrivalsPlan("poisson", null, null));
        Plan weak = Plan.EMPTY.with("load.arrivals", new ArrivalsPlan("bursts", 1.0, 0.5));

        assertThat(strong.over(weak)).isEqualTo(strong);
        assertThat(Sections.whole(Plan.class, "load.arrivals.kind")).isEqualTo("load.arrivals");
        assertThat(Sections.whole(Plan.class, "engines[1]")).isEqualTo("engines");
        assertThat(Sections.whole(Plan.class, "raft.log.engine")).isEqualTo("raft.log.engine");
    }

    @Test
    void saying_nothing_of_a_section_makes_none() {
        assertThat(Plan.EMPTY.with("load.clients", null)).isEqualTo(Plan.EMPTY);
    }

    @Test
    void a_key_that_is_misspelt_is_a_mistake_in_the_program() {
        assertThatThrownBy(() -> Plan.EMPTY.with("load.client", 8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no key 'client' in LoadPlan, expected one of [kind, clients");
        assertThatThrownBy(() -> Plan.EMPTY.with("load.clients", "eight")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_value_out_of_range_is_refused_by_its_record() {
        assertThatThrownBy(() -> Plan.EMPTY.with("load.clients", 0))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("clients: is 0");
    }

    @Test
    void a_members_configuration_is_said_key_by_key_too() {
        NodeConfig config = NodeConfig.of("127.0.0.1:7001", "n1", "memory").with("http", "127.0.0.1:8080");

        assertThat(PlanYaml.write(config))
                .isEqualTo("id: 127.0.0.1:7001\ndata: n1\nengine: memory\nhttp: 127.0.0.1:8080\n");
    }
}
