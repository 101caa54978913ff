/** Tests of the Xodus adapter. */
@NullMarked
package io.quorumark.engine.xodus;

import org.jspecify.annotations.NullMarked;
