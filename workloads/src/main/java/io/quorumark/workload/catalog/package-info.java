/** The workloads that come with Quorumark, and the reading of workload files. Stateless. */
@NullMarked
package io.quorumark.workload.catalog;

import org.jspecify.annotations.NullMarked;
