/**
 * What engines' durability levels proved to be worth, as evidence that campaigns carry and documents show. Depends on {@code results.store}
 * for the stored format; nothing here runs an engine.
 */
@NullMarked
package io.quorumark.results.durability;

import org.jspecify.annotations.NullMarked;
