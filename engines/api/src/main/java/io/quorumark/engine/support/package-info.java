/**
 * What adapters share: lifecycle, limits and option checking, so that every engine refuses the same misuse with the same words. For adapters only; nothing here
 * runs on the data path but a field comparison.
 */
@NullMarked
package io.quorumark.engine.support;

import org.jspecify.annotations.NullMarked;
