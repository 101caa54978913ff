/**
 * Key, size and byte distributions. Each sampler belongs to one thread, draws from the random source it is given, and allocates nothing per
 * sample.
 */
@NullMarked
package io.quorumark.workload.distribution;

import org.jspecify.annotations.NullMarked;
