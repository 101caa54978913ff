package io.quorumark.workload.spec;

import com.fasterxml.jackson.databind.introspect.AnnotatedField;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/** Makes every component of a record required, save those that may be null. */
final class RequiredComponents extends JacksonAnnotationIntrospector {
    @Override
    public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
        if (member.getDeclaringClass().isRecord()) {
            RecordComponent[] components = member.getDeclaringClass().getRecordComponents();
            if (member instanceof AnnotatedParameter parameter && parameter.getIndex() < components.length) {
                return !isNullable(components[parameter.getIndex()]);
            }
            if (member instanceof AnnotatedField) {
                for (RecordComponent component : components) {
                    if (component.getName().equals(member.getName())) {
                        return !isNullable(component);
                    }
                }
            }
        }
        return super.hasRequiredMarker(member);
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }
}
