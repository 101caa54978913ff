/**
 * Recorded operations in files, read row by row with a memory that does not depend on their length. Whatever is not exactly as the format
 * says is refused with file, line and key. Knows nothing of workloads. A cursor is for one thread at a time.
 */
@NullMarked
package io.quorumark.workload.trace;

import org.jspecify.annotations.NullMarked;
