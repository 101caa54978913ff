/** Tests of the MVStore adapter. */
@NullMarked
package io.quorumark.engine.mvstore;

import org.jspecify.annotations.NullMarked;
