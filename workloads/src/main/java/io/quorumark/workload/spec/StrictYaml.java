package io.quorumark.workload.spec;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * Reads one YAML document into a record, and refuses whatever is not exactly as the record says: unknown and duplicate keys, missing
 * ones (a component is required
 * unless it is annotated {@code @Nullable}), keys without a value, numbers in quotes, numbers that are not plain decimals ({@code
 * 0200}, {@code 0x10}, {@code .inf}),
 * fractions for integers, values of the wrong type, NUL characters, aliases, a second document. A byte order mark is skipped.
 * Records check ranges in their constructors and throw {@link InvalidValue}; every other failure is recognised here. All end as {@link
 * SpecException}.
 *
 * <p>A string may be written without quotes whatever it looks like. Enum constants are written as {@code @JsonProperty} names them.
 */
public final class StrictYaml {
    /** The longest file that is read. */
    public static final int MAX_FILE_BYTES = 1 << 20;

    private static final ObjectMapper MAPPER = newMapper();

    private StrictYaml() {}

    /** How the content of a file becomes a value. */
    @FunctionalInterface
    public interface Reading<T> {
        /**
         * Reads a stream to its end, without closing it.
         *
         * @param name what error messages call it
         */
        T read(String name, InputStream in) throws IOException;
    }

    /**
     * What a file holds.
     *
     * @param lines where its keys stand
     */
    public record Located<T>(T value, SourceLines lines) {}

    /**
     * Reads a file.
     *
     * @throws SpecException the file cannot be read, or does not hold what {@code type} asks for
     */
    public static <T> T read(Path file, Class<T> type) {
        return readLocated(file, type).value();
    }

    /** Reads a file whose values will be looked at again, such as names of what may not be there; see {@link #read(Path, Class)}. */
    public static <T> Located<T> readLocated(Path file, Class<T> type) {
        return read(file, (name, in) -> readLocated(name, in, type));
    }

    /**
     * Reads a file by a function of its name and content.
     *
     * @throws SpecException the file cannot be read, or the function refuses what it holds
     */
    public static <T> T read(Path file, Reading<T> reading) {
        try (InputStream in = Files.newInputStream(file)) {
            return reading.read(file.toString(), in);
        } catch (NoSuchFileException e) {
            throw new SpecException(file.toString(), 0, "", "no such file");
        } catch (IOException e) {
            throw SpecException.unreadable(file, e);
        }
    }

    /**
     * Reads a stream to its end, without closing it.
     *
     * @param name what error messages call it
     * @throws SpecException the stream does not hold what {@code type} asks for
     * @throws IOException the stream itself failed
     */
    public static <T> T read(String name, InputStream in, Class<T> type) throws IOException {
        return readLocated(name, in, type).value();
    }

    private static <T> Located<T> readLocated(String name, InputStream in, Class<T> type) throws IOException {
        YamlDocument document = open(name, in);
        document.checkKeys(type, Map.of());
        return new Located<>(document.rest(type, Set.of()), document.lines());
    }

    /**
     * Reads a stream to its end, without closing it, as a document whose sections are read one by one.
     *
     * @param name what error messages call it
     * @throws SpecException the stream does not hold a mapping of keys to values
     * @throws IOException the stream itself failed
     */
    public static YamlDocument open(String name, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MAX_FILE_BYTES + 1);
        if (bytes.length > MAX_FILE_BYTES) {
            throw new SpecException(name, 0, "", "is longer than " + MAX_FILE_BYTES + " bytes, expected a YAML file");
        }
        String text = TextFiles.withoutByteOrderMark(decode(name, bytes));
        return new YamlDocument(name, text, scan(name, text), MAPPER);
    }

    private static String decode(String name, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(java.nio.ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new SpecException(name, 0, "", "is not UTF-8 text, expected a YAML file; save it as UTF-8");
        }
    }

    /**
     * Walks over all tokens once: finds syntax errors, duplicate keys, keys without value and aliases, and remembers where each key
     * stands.
     */
    private static KeyLines scan(String name, String text) throws IOException {
        KeyLines lines = new KeyLines();
        try (JsonParser parser = MAPPER.createParser(text)) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                throw new SpecException(name, 1, "", "is empty, expected a mapping of keys to values");
            }
            if (token != JsonToken.START_OBJECT) {
                throw new SpecException(
                        name,
                        parser.currentTokenLocation().getLineNr(),
                        "",
                        "is a " + Explanation.shape(token) + ", expected a mapping of keys to values");
            }
            int depth = 0;
            do {
                TokenRules.checkDepth(name, parser, depth);
                lines.note(parser);
                TokenRules.check(name, parser, token);
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                token = depth == 0 ? null : parser.nextToken();
            } while (token != null);
            if (parser.nextToken() != null) {
                throw new SpecException(
                        name,
                        parser.currentTokenLocation().getLineNr(),
                        "",
                        "a second document begins here, expected one; remove it");
            }
        } catch (JacksonException e) {
            throw Explanation.syntax(e).located(name, lines);
        }
        return lines;
    }

    private static ObjectMapper newMapper() {
        YAMLFactory factory = YAMLFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        YAMLMapper mapper = YAMLMapper.builder(factory)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .annotationIntrospector(new RequiredComponents())
                .build();
        for (com.fasterxml.jackson.databind.type.LogicalType type :
                com.fasterxml.jackson.databind.type.LogicalType.values()) {
            if (type != com.fasterxml.jackson.databind.type.LogicalType.Textual) {
                mapper.coercionConfigFor(type).setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail);
            }
        }
        return mapper;
    }
}
