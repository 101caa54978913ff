/** Replay of recorded operations. */
@NullMarked
package io.quorumark.workload.model.trace;

import org.jspecify.annotations.NullMarked;
