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

    /** Checks what stands at a path of the document against the type that it will be read into. */
    void check(String path, JavaType type) {
        if (type.isCollectionLikeType()) {
            for (int i = 0; lines.has(path + "[" + i + "]"); i++) {
                check(path + "[" + i + "]", type.getContentType());
            }
        } else if (type.isMapLikeType()) {
            for (String key : lines.keys(path)) {
                check(join(path, key), type.getContentType());
            }
        } else if (type.isRecordType()) {
            checkRecord(path, type);
        }
    }

    private void checkRecord(String path, JavaType type) {
        Map<String, JavaType> known = new TreeMap<>();
        for (BeanPropertyDefinition property :
                mapper.getDeserializationConfig().introspect(type).findProperties()) {
            known.put(property.getName(), property.getPrimaryType());
        }
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
