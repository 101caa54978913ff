/**
 * The engine that stores nothing and answers at once: under it, what is measured is the harness alone. Published beside every result as its
 * ceiling.
 */
@NullMarked
package io.quorumark.engine.noop;

import org.jspecify.annotations.NullMarked;
