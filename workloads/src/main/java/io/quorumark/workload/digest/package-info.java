/** Hashes: SHA-256 for what must not collide, and a fast one for streams of operations. Knows nothing of workloads. */
@NullMarked
package io.quorumark.workload.digest;

import org.jspecify.annotations.NullMarked;
