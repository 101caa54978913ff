package io.quorumark.campaign.plan;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What every {@link Section} can do, by the names and types of its components. */
final class Sections {
    private Sections() {}

    /** A section is a record of its own type; nothing else implements the interface. */
    @SuppressWarnings("unchecked")
    static <S extends Record & Section<S>> S self(Section<S> section) {
        return (S) section;
    }

    static <S extends Record & Section<S>> S over(S said, S base) {
        return merged(said, base);
    }

    private static <R extends Record> R merged(R said, R base) {
        RecordComponent[] components = said.getClass().getRecordComponents();
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            Object own = value(said, components[i]);
            Object otherwise = value(base, components[i]);
            if (own instanceof Record section && otherwise instanceof Record rest && isSection(components[i])) {
                values[i] = merged(section, rest);
            } else {
                values[i] = own != null ? own : otherwise;
            }
        }
        return newRecord(said, values);
    }

    /** Any record with another value of one component, or of a section's component further down. */
    static <R extends Record> R with(R record, String key, @Nullable Object value) {
        int dot = key.indexOf('.');
        String first = dot < 0 ? key : key.substring(0, dot);
        RecordComponent[] components = record.getClass().getRecordComponents();
        int index = index(record.getClass(), first);
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = value(record, components[i]);
        }
        if (dot < 0) {
            values[index] = value;
        } else if (values[index] != null || value != null) {
            Record section = values[index] == null
                    ? empty(components[index].getType().asSubclass(Record.class))
                    : (Record) values[index];
            values[index] = with(section, key.substring(dot + 1), value);
        }
        return newRecord(record, values);
    }

    /** Whether a dotted path leads to a section, whose keys are merged one by one; what is deeper than any key is not one. */
    static boolean isSection(Class<?> root, String path) {
        return path.equals(whole(root, path)) && isSection(type(root, path));
    }

    /** The part of a dotted path that leads to a value, which is said as a whole; all of the path if it leads to a section. */
    static String whole(Class<?> root, String path) {
        String[] names = path.split("[.\\[]");
        StringBuilder whole = new StringBuilder();
        Class<?> section = root;
        for (String name : names) {
            whole.append(whole.isEmpty() ? "" : ".").append(name);
            section = component(section, name).getType();
            if (!isSection(section)) {
                break;
            }
        }
        return whole.toString();
    }

    private static Class<?> type(Class<?> root, String path) {
        Class<?> type = root;
        for (String name : path.split("\\.")) {
            type = component(type, name).getType();
        }
        return type;
    }

    private static boolean isSection(RecordComponent component) {
        return isSection(component.getType());
    }

    private static boolean isSection(Class<?> type) {
        return Section.class.isAssignableFrom(type);
    }

    private static RecordComponent component(Class<?> type, String name) {
        return type.getRecordComponents()[index(type, name)];
    }

    private static int index(Class<?> type, String name) {
        RecordComponent[] components = type.getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            if (components[i].getName().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("there is no key '" + name + "' in " + type.getSimpleName()
                + ", expected one of "
                + Arrays.stream(components).map(RecordComponent::getName).toList());
    }

    /** A section that says nothing. */
    static <R extends Record> R empty(Class<R> type) {
        return newRecord(type, new Object[type.getRecordComponents().length]);
    }

    private static @Nullable Object value(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a record's component cannot be read", e);
        }
    }

    @SuppressWarnings("unchecked") // a class's own instance
    private static <R extends Record> R newRecord(R like, @Nullable Object[] values) {
        return (R) newRecord(like.getClass(), values);
    }

    private static <R extends Record> R newRecord(Class<R> type, @Nullable Object[] values) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw new AssertionError("a record's constructor throws nothing else", e);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a record lacks its constructor", e);
        }
    }
}
