/** The core workloads of YCSB, and the same records with the life of an engine around them. */
@NullMarked
package io.quorumark.workload.model.ycsb;

import org.jspecify.annotations.NullMarked;
