package io.quorumark.workload.spec;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import java.util.Map;
import java.util.TreeMap;

/** Compares the keys of a document with the components of records, so that a misspelt key is told as such, not as a missing one. */
final class KnownKeys {
    private final String file;
    private final KeyLines lines;
    private final ObjectMapper mapper;

    KnownKeys(String file, KeyLines lines, ObjectMapper mapper) {
        this.file = file;
        this.lines = lines;
        this.mapper = mapper;
    }

    /** Checks the document against the record that most of it will be read into, and the types of what else it may have. */
    void check(Class<?> record, Map<String, ? extends Class<?>> sections) {
        Map<String, JavaType> known = components(mapper.constructType(record));
        sections.forEach((key, type) -> known.put(key, mapper.constructType(type)));
        checkKnown("", known);
    }

    private void check(String path, JavaType type) {
        if (type.isCollectionLikeType()) {
            for (int i = 0; lines.has(path + "[" + i + "]"); i++) {
                check(path + "[" + i + "]", type.getContentType());
            }
        } else if (type.isMapLikeType()) {
            for (String key : lines.keys(path)) {
                check(join(path, key), type.getContentType());
            }
        } else if (type.isRecordType()) {
            checkKnown(path, components(type));
        }
    }

    private Map<String, JavaType> components(JavaType record) {
        Map<String, JavaType> components = new TreeMap<>();
        for (BeanPropertyDefinition property :
                mapper.getDeserializationConfig().introspect(record).findProperties()) {
            components.put(property.getName(), property.getPrimaryType());
        }
        return components;
    }

    private void checkKnown(String path, Map<String, JavaType> known) {
        for (String key : lines.keys(path)) {
            String keyPath = join(path, key);
            JavaType keyType = known.get(key);
            if (keyType == null) {
                throw new SpecException(
                        file,
                        lines.of(keyPath),
                        keyPath,
                        "is not a key here, expected " + Explanation.oneOf(known.keySet()));
            }
            check(keyPath, keyType);
        }
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
