package io.quorumark.results.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.quorumark.results.model.AddedLater;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes every component of a stored record required, save those that were {@linkplain AddedLater added later}. */
final class StoredComponents extends JacksonAnnotationIntrospector {
    @Override
    public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
        Optional<RecordComponent> component = component(member);
        return component.isPresent()
                ? Boolean.valueOf(!isAddedLater(component.get()))
                : super.hasRequiredMarker(member);
    }

    @Override
    public JsonInclude.Value findPropertyInclusion(Annotated annotated) {
        return component(annotated).filter(StoredComponents::isAddedLater).isPresent()
                ? JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS)
                : super.findPropertyInclusion(annotated);
    }

    @Override
    public JsonSetter.Value findSetterInfo(Annotated annotated) {
        return component(annotated).filter(StoredComponents::isAddedLater).isPresent()
                ? JsonSetter.Value.forValueNulls(Nulls.SET)
                : super.findSetterInfo(annotated);
    }

    private static boolean isAddedLater(RecordComponent component) {
        return component.isAnnotationPresent(AddedLater.class);
    }

    /** The component that a constructor's parameter, a field or an accessor stands for. */
    private static Optional<RecordComponent> component(Annotated annotated) {
        if (!(annotated instanceof AnnotatedMember member)
                || !member.getDeclaringClass().isRecord()) {
            return Optional.empty();
        }
        RecordComponent[] components = member.getDeclaringClass().getRecordComponents();
        if (member instanceof AnnotatedParameter parameter) {
            return parameter.getOwner().getParameterCount() == components.length
                    ? Optional.of(components[parameter.getIndex()])
                    : Optional.empty();
        }
        return Arrays.stream(components)
                .filter(component -> component.getName().equals(member.getName()))
                .findFirst();
    }
}
