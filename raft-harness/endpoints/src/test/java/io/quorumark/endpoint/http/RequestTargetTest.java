package io.quorumark.endpoint.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every form of a request's target, and tags. */
class RequestTargetTest {
    @ParameterizedTest
    @CsvSource({
        "/kv/a, /kv/a, ''",
        "/kv?limit=1, /kv, limit=1",
        "http://x/kv/a?b=c, /kv/a, b=c",
        "HTTPS://x:80/kv, /kv, ''",
        "http://[::1]:80, /, ''",
        "http://x?limit=1, /, limit=1",
        "*, *, ''",
    })
    void origin_absolute_and_asterisk_forms_are_understood(String sent, String path, String query) {
        assertThat(RequestTarget.parse(sent)).isEqualTo(new RequestTarget(path, query));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "kv",
                "ftp://x/kv",
                "http:/kv",
                "http://",
                "http:///kv",
                "http://me@x/kv",
                "/kv#a",
                "/k v",
                "/kv/\u00fc"
            })
    void anything_else_is_refused(String sent) {
        assertThatThrownBy(() -> RequestTarget.parse(sent)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void misspelt_and_repeated_parameters_are_refused() {
        assertThatThrownBy(() -> RequestTarget.parse("/kv?limt=1").requireOnly(Set.of("limit", "from")))
                .hasMessage("parameter 'limt' is not known at /kv, expected from, limit");
        assertThatThrownBy(() -> RequestTarget.parse("/kv?limit=1&limit=2").requireOnly(Set.of("limit")))
                .hasMessage("parameter 'limit' is given twice, expected it once");
    }

    @Test
    void ampersands_alone_stand_between_parameters() {
        RequestTarget target = RequestTarget.parse("/kv?limit=2;foo=1&from=a;b%3bc+d=e&&prefix");
        target.requireOnly(Set.of("limit", "from", "prefix"));
        assertThat(target.parameter("limit", "9")).isEqualTo("2;foo=1");
        assertThat(target.parameter("from", "")).isEqualTo("a;b;c+d=e");
        assertThat(target.rawParameter("from")).isEqualTo("a;b%3bc+d=e");
        assertThat(target.parameter("prefix", "x")).isEmpty();
        assertThat(target.parameter("foo", "none")).isEqualTo("none");
        assertThat(target.rawParameter("foo")).isEmpty();
    }

    private static EntityTags parse(String value) {
        return Objects.requireNonNull(EntityTags.parse("If-Match", List.of(value)));
    }

    @Test
    void tags_are_compared_strongly_for_writes_and_weakly_for_reads() {
        byte[] value = {1};
        String tag = EntityTags.of(value);
        EntityTags strong = parse("\"a,b\" , " + tag);
        EntityTags weak = parse("W/" + tag);
        EntityTags any = parse("*");
        assertThat(strong.tags()).containsExactly("\"a,b\"", tag);
        assertThat(strong.matchStrongly(value)).isTrue();
        assertThat(strong.matchStrongly(new byte[] {2})).isFalse();
        assertThat(strong.matchStrongly(null)).isFalse();
        assertThat(weak.matchStrongly(value)).isFalse();
        assertThat(weak.matchWeakly(value)).isTrue();
        assertThat(any.matchStrongly(value)).isTrue();
        assertThat(any.matchWeakly(null)).isFalse();
        assertThat(EntityTags.parse("If-Match", List.of())).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "\"a", "\"a\" \"b\"", "*, \"a\"", "w/\"a\"", "\"a\" x"})
    void malformed_tags_are_refused(String list) {
        assertThatThrownBy(() -> EntityTags.parse("If-Match", List.of(list)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("If-Match is malformed");
    }
}
