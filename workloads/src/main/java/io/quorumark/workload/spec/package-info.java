/**
 * Strict reading of YAML into records: whatever is not exactly as expected is refused, with file, line and key. Knows nothing of workloads;
 * any module may use it. Thread-safe.
 */
@NullMarked
package io.quorumark.workload.spec;

import org.jspecify.annotations.NullMarked;
