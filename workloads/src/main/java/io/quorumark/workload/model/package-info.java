/**
 * Models of workloads, one package each, and what their generators share. A model's package depends on this one, on the API at the root and
 * on keys, values and distributions; no model depends on another one. Models are stateless; generators belong to one thread and allocate
 * nothing per operation but to grow.
 */
@NullMarked
package io.quorumark.workload.model;

import org.jspecify.annotations.NullMarked;
