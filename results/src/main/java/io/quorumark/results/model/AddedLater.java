package io.quorumark.results.model;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a component of a stored record that results from before it was added do not have: it may be absent from a file, is null then,
 * and is not written if it is null,
 * so that such a file reads as it was written. Everything else is required.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface AddedLater {}
