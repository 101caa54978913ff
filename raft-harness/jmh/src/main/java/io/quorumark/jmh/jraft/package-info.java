/** Benchmarks against what the Raft library brings itself; the only ones that know it. */
@NullMarked
package io.quorumark.jmh.jraft;

import org.jspecify.annotations.NullMarked;
