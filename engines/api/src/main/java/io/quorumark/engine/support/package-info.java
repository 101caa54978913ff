/**
 * What adapters share: lifecycle, folders, limits, options, batches and buffers, so that every engine refuses the same misuse with the
 * same words. For adapters, and for what stores its own files beside theirs.
 */
@NullMarked
package io.quorumark.engine.support;

import org.jspecify.annotations.NullMarked;
