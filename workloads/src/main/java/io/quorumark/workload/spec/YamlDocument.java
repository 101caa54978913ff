package io.quorumark.workload.spec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.JsonPointerBasedFilter;
import com.fasterxml.jackson.core.filter.TokenFilter;
import com.fasterxml.jackson.core.filter.TokenFilter.Inclusion;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One YAML document that {@link StrictYaml} has read, of which some keys, the <em>sections</em>, are read into types of their own:
 * which ones depends on the value of
 * another key. Immutable.
 */
public final class YamlDocument {
    private final String name;
    private final String text;
    private final KeyLines lines;
    private final ObjectMapper mapper;

    YamlDocument(String name, String text, KeyLines lines, ObjectMapper mapper) {
        this.name = name;
        this.text = text;
        this.lines = lines;
        this.mapper = mapper;
    }

    /**
     * Refuses keys that are neither components of the record {@code rest} nor sections, at every depth.
     *
     * @param sections their keys and types
     * @throws SpecException there is such a key; the message lists those there are
     */
    public void checkKeys(Class<?> rest, Map<String, ? extends Class<?>> sections) {
        KnownKeys keys = new KnownKeys(name, lines, mapper);
        keys.check(rest, sections);
    }

    /** Where its keys stand. */
    SourceLines lines() {
        return new SourceLines(name, lines);
    }

    /** Whether the document has a key at its root. */
    public boolean has(String key) {
        return lines.keys("").contains(key);
    }

    /**
     * Reads what stands under one key.
     *
     * @throws SpecException it is not what {@code type} asks for
     */
    public <T> Optional<T> section(String key, Class<T> type) throws IOException {
        if (!has(key)) {
            return Optional.empty();
        }
        try (JsonParser parser = new FilteringParserDelegate(
                new DecimalNumbers(mapper.createParser(text)),
                new JsonPointerBasedFilter("/" + key),
                Inclusion.ONLY_INCLUDE_ALL,
                false)) {
            return Optional.of(mapper.readValue(parser, type));
        } catch (JsonMappingException e) {
            throw Explanation.of(e).under(key).located(name, lines);
        } catch (StreamReadException e) {
            throw malformed(e);
        }
    }

    /**
     * Reads all keys that are no sections.
     *
     * @throws SpecException they are not what {@code type} asks for
     */
    public <T> T rest(Class<T> type, Set<String> sections) throws IOException {
        try (JsonParser parser = new FilteringParserDelegate(
                new DecimalNumbers(mapper.createParser(text)),
                new Without(sections),
                Inclusion.INCLUDE_ALL_AND_PATH,
                true)) {
            return mapper.readValue(parser, type);
        } catch (JsonMappingException e) {
            throw Explanation.of(e).located(name, lines);
        } catch (StreamReadException e) {
            throw malformed(e);
        }
    }

    /**
     * Reads the whole document as a map of keys, whichever they are, to values of one type, in the order of the file.
     *
     * @throws SpecException a value is not what {@code values} asks for
     */
    public <V> Map<String, V> map(Class<V> values) throws IOException {
        try (JsonParser parser = new DecimalNumbers(mapper.createParser(text))) {
            return map(parser, values);
        } catch (JsonMappingException e) {
            throw Explanation.of(e).located(name, lines);
        } catch (StreamReadException e) {
            throw malformed(e);
        }
    }

    private <V> Map<String, V> map(JsonParser parser, Class<V> values) throws IOException {
        try {
            return mapper.readValue(
                    parser, mapper.getTypeFactory().constructMapType(LinkedHashMap.class, String.class, values));
        } catch (JsonMappingException e) {
            if (e.getCause() instanceof InvalidValue invalid && invalid.key().isEmpty()) {
                // a number that the parser refuses: it stands there still, and knows keys inside a tree, too
                throw located(KeyLines.path(parser.getParsingContext()), invalid.problem());
            }
            throw e;
        }
    }

    /** YAML knows numbers, such as .inf, that Java does not. */
    private SpecException malformed(StreamReadException e) {
        int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
        return new SpecException(
                name, line, lines.keyAt(line), "is no number: " + e.getOriginalMessage() + ", expected a number");
    }

    /** The failure of a value that was found not to make sense after it was read. */
    public SpecException located(InvalidValue invalid) {
        return located(invalid.key(), invalid.problem());
    }

    /** A failure of what stands under a key. */
    public SpecException located(String key, String problem) {
        return new SpecException(name, lines.of(key), key, problem);
    }

    private static final class Without extends TokenFilter {
        private final Set<String> keys;

        Without(Set<String> keys) {
            this.keys = keys;
        }

        @Override
        public @Nullable TokenFilter includeProperty(String key) {
            return keys.contains(key) ? null : TokenFilter.INCLUDE_ALL;
        }
    }
}
