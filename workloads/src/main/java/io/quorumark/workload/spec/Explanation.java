package io.quorumark.workload.spec;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What Jackson meant, said for the author of the file.
 *
 * @param key dotted path
 * @param line 1-based, or 0 to look up the key's
 * @param problem value and expectation
 */
record Explanation(String key, int line, String problem) {
    private static final Pattern DUPLICATE = Pattern.compile("Duplicate field '(.*)'", Pattern.DOTALL);
    private static final Pattern MISSING =
            Pattern.compile("Missing required creator property '([^']*)'.*", Pattern.DOTALL);
    private static final Pattern TOKEN = Pattern.compile("token `JsonToken\\.(\\w+)`");

    private static final Pattern COERCION =
            Pattern.compile("Cannot coerce \\w+ value(?: \\((.*)\\))? to .*", Pattern.DOTALL);
    private static final Pattern OVERFLOW =
            Pattern.compile("Numeric value \\((.*)\\) out of range of (\\w+) .*", Pattern.DOTALL);

    SpecException located(String file, KeyLines lines) {
        return new SpecException(file, line > 0 ? line : lines.of(key), key, problem);
    }

    /** The same for what was read by itself, and stands under a key of the document. */
    Explanation under(String section) {
        return new Explanation(join(section, key), line, problem);
    }

    /** Of a text that is not YAML, or repeats a key. */
    static Explanation syntax(JacksonException e) {
        JsonLocation location = e.getLocation();
        int line = location == null ? 0 : Math.max(0, location.getLineNr());
        String message = firstLine(e.getOriginalMessage());
        Matcher duplicate = DUPLICATE.matcher(message);
        return duplicate.matches()
                ? new Explanation(duplicate.group(1), line, "is written twice; keep one")
                : new Explanation("", line, "is not YAML: " + message);
    }

    static Explanation of(JsonMappingException e) {
        String key = path(e.getPath());
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidValue invalid) {
                return new Explanation(join(key, invalid.key()), 0, invalid.problem());
            }
        }
        if (e instanceof UnrecognizedPropertyException unknown) {
            return new Explanation(key, 0, "is not a key here, expected " + oneOf(unknown.getKnownPropertyIds()));
        }
        if (e instanceof InvalidNullException) {
            return new Explanation(key, 0, "is missing; add it");
        }
        if (e instanceof InvalidFormatException format) {
            return new Explanation(
                    key, 0, "is " + quoted(format.getValue()) + ", expected " + expected(format.getTargetType()));
        }
        if (e instanceof MismatchedInputException mismatch) {
            return mismatch(key, mismatch);
        }
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root instanceof JacksonException jackson ? jackson.getOriginalMessage() : root.getMessage();
        Matcher overflow = OVERFLOW.matcher(firstLine(message));
        if (overflow.matches()) {
            long limit = overflow.group(2).equals("int") ? Integer.MAX_VALUE : Long.MAX_VALUE;
            return new Explanation(key, 0, "is " + overflow.group(1) + ", expected a whole number up to " + limit);
        }
        return new Explanation(key, 0, firstLine(message));
    }

    private static Explanation mismatch(String key, MismatchedInputException e) {
        String message = firstLine(e.getOriginalMessage());
        Matcher missing = MISSING.matcher(message);
        if (missing.matches()) {
            String name = missing.group(1);
            return new Explanation(key.endsWith(name) ? key : join(key, name), 0, "is missing; add it");
        }
        if (message.startsWith("Cannot map `null` into type")) {
            return new Explanation(key, 0, "is missing; add " + expected(e.getTargetType()));
        }
        Matcher coercion = COERCION.matcher(message);
        if (coercion.matches() && coercion.group(1) != null) {
            return new Explanation(key, 0, "is " + coercion.group(1) + ", expected " + expected(e.getTargetType()));
        }
        Matcher token = TOKEN.matcher(message);
        String found = token.find() ? "is a " + shape(JsonToken.valueOf(token.group(1))) : "is of the wrong type";
        return new Explanation(key, 0, found + ", expected " + expected(e.getTargetType()));
    }

    /** What a token is, in the words of YAML. */
    static String shape(JsonToken token) {
        return switch (token) {
            case START_OBJECT, FIELD_NAME, END_OBJECT -> "mapping";
            case START_ARRAY, END_ARRAY -> "list";
            case VALUE_NUMBER_FLOAT -> "fraction";
            case VALUE_NUMBER_INT -> "number";
            case VALUE_TRUE, VALUE_FALSE -> "boolean";
            default -> "text";
        };
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "another type";
        }
        if (type.isEnum()) {
            return oneOf(Arrays.stream(type.getEnumConstants())
                    .map(constant -> writtenName(type, (Enum<?>) constant))
                    .toList());
        }
        if (type == long.class || type == Long.class || type == int.class || type == Integer.class) {
            return "a whole number";
        }
        if (type == double.class || type == Double.class) {
            return "a number";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == String.class) {
            return "text";
        }
        if (Map.class.isAssignableFrom(type) || type.isRecord()) {
            return "a mapping of keys to values";
        }
        return Collection.class.isAssignableFrom(type) || type.isArray()
                ? "a list"
                : type.getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static String writtenName(Class<?> type, Enum<?> constant) {
        try {
            com.fasterxml.jackson.annotation.JsonProperty written =
                    type.getField(constant.name()).getAnnotation(com.fasterxml.jackson.annotation.JsonProperty.class);
            return written == null ? constant.name() : written.value();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("an enum without its own constant", e);
        }
    }

    static String oneOf(@Nullable Collection<?> choices) {
        if (choices == null || choices.isEmpty()) {
            return "no keys";
        }
        return "one of "
                + choices.stream().map(String::valueOf).collect(Collectors.toCollection(TreeSet::new)).stream()
                        .collect(Collectors.joining(", "));
    }

    private static String quoted(@Nullable Object value) {
        return value instanceof String ? "\"" + value + "\"" : String.valueOf(value);
    }

    private static String path(List<JsonMappingException.Reference> references) {
        String path = "";
        for (JsonMappingException.Reference reference : references) {
            path = reference.getFieldName() == null
                    ? path + "[" + reference.getIndex() + "]"
                    : join(path, reference.getFieldName());
        }
        return path;
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : name.isEmpty() ? path : path + "." + name;
    }

    private static String firstLine(@Nullable String message) {
        return message == null
                ? "unknown problem"
                : message.lines().findFirst().orElse("unknown problem").strip();
    }
}
