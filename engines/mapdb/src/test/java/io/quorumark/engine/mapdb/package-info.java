/** Tests of the MapDB adapter. */
@NullMarked
package io.quorumark.engine.mapdb;

import org.jspecify.annotations.NullMarked;
