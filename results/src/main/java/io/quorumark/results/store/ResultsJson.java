package io.quorumark.results.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The stored records as JSON: declared order, maps sorted, two spaces, line feeds, instants as ISO text; the same bytes on every machine.
 * Unknown keys are refused.
 */
public final class ResultsJson {
    private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            // a record's components and nothing else: not what its questions answer, such as Cell.isHarnessCeiling
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .annotationIntrospector(new StoredComponents())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            // Double.toString changed with JDK 19 (2e23); checksums must not depend on who reads
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .defaultPrettyPrinter(
                    new DefaultPrettyPrinter().withObjectIndenter(INDENT).withArrayIndenter(INDENT))
            .build();

    static {
        MAPPER.setDefaultSetterInfo(JsonSetter.Value.forValueNulls(Nulls.FAIL, Nulls.FAIL));
    }

    private static final ObjectWriter WITHOUT_NULLS = MAPPER.copy()
            .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL)
            .writer()
            .without(SerializationFeature.INDENT_OUTPUT);

    private ResultsJson() {}

    static ObjectMapper mapper() {
        return MAPPER;
    }

    /** The record as JSON text that ends with a line feed. */
    public static String write(Object stored) {
        try {
            return MAPPER.writeValueAsString(stored) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(stored.getClass() + " cannot be written as JSON", e);
        }
    }

    /** The record on one line that ends with a line feed, for files of one record a line. */
    public static String writeLine(Object stored) {
        try {
            return MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(stored) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(stored.getClass() + " cannot be written as JSON", e);
        }
    }

    /** The same without components that are null, for documents that must stay small and are not read back as records. */
    public static String writeLineWithoutNulls(Object document) {
        try {
            return WITHOUT_NULLS.writeValueAsString(document) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(document.getClass() + " cannot be written as JSON", e);
        }
    }

    /**
     * Reads a record from one line of a file of one record a line.
     *
     * @param line 1-based
     * @throws ResultsException the line does not hold such a record
     */
    public static <T> T readLine(Path file, int line, String text, Class<T> type) {
        try {
            @Nullable T read = MAPPER.readValue(text, type);
            if (read != null) {
                return read;
            }
            throw new ResultsException(file, "line " + line + " holds null, expected a " + type.getSimpleName());
        } catch (JsonProcessingException e) {
            throw new ResultsException(
                    file,
                    "line " + line + " is not what a " + type.getSimpleName() + " looks like (" + said(e)
                            + "); it is truncated or edited: restore it or remove the line",
                    e);
        }
    }

    /**
     * Reads a record from a file.
     *
     * @throws ResultsException the file is missing, cannot be read, or does not hold such a record
     */
    public static <T> T read(Path file, Class<T> type) {
        try {
            return parse(file, Files.readAllBytes(file), type);
        } catch (IOException e) {
            throw ResultsException.unreadable(file, e);
        }
    }

    /**
     * Reads a record from what a file holds, or from a part of it.
     *
     * @throws ResultsException it does not hold such a record
     */
    public static <T> T parse(Path file, byte[] json, Class<T> type) {
        try {
            @Nullable T read = MAPPER.readValue(json, type);
            if (read == null) {
                throw new ResultsException(
                        file,
                        "holds null, expected a " + type.getSimpleName()
                                + "; the file is truncated, edited or of another version");
            }
            return read;
        } catch (JsonProcessingException e) {
            throw new ResultsException(
                    file,
                    "line " + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()) + " is not what a "
                            + type.getSimpleName() + " looks like (" + said(e)
                            + "); the file is truncated, edited or of another version",
                    e);
        } catch (IOException e) { // bytes that are no text in any encoding
            throw new ResultsException(
                    file,
                    "is no text (" + e.getMessage() + "); the file is truncated, edited or of another version",
                    e);
        }
    }

    /** What is wrong, without the parser's remark on where an object began that never ended. */
    private static String said(JsonProcessingException e) {
        return e.getOriginalMessage().replaceAll(" \\(start marker at \\[.*\\]\\)", "");
    }
}
