/**
 * Workloads: what is asked of a store, in which order, how fast, and how long it took.
 *
 * <pre>
 * WorkloadFile, WorkloadCatalog ──▶ WorkloadSpec, its WorkloadModel
 *
 * WorkloadSpec ──openStream(seed, records)──▶ OperationStream ──next──▶ LoadDriver ──submit──▶ Target
 *                                                  │                        │
 *                                                  ▼                        ▼
 *                                    StreamDigest, ContentModel        DriverResult
 * </pre>
 *
 * <p><b>The same work, provably.</b> There is one stream per trial. Its n-th operation is a pure function of (spec, seed, records, n): it
 * depends neither on the target nor on time. The driver submits in stream order, so that the content of a store after n operations is known
 * beforehand: {@link io.quorumark.workload.ContentModel} computes it, and {@link io.quorumark.workload.StreamDigest} shows that two trials
 * were asked the same.
 *
 * <p><b>Rooms.</b> This package is the API. Models ({@code model.*}) make up operations, {@code key} and {@code value} say which keys and
 * values, {@code catalog} reads files, {@code driver} sends operations to a target. The API knows no model, and no model another one.
 *
 * <p><b>Who may depend on it:</b> targets and campaign runners. It knows neither engines nor Raft nor the stored results.
 *
 * <p><b>Threads:</b> a stream, an operation and a content model belong to one thread at a time. Specs, results and distributions'
 * parameters are immutable.
 *
 * <p><b>Errors:</b> a spec that cannot be used is a {@link io.quorumark.workload.spec.SpecException}: one line with file, line, key, value
 * and what was expected. Failed operations are counted, never thrown.
 */
@NullMarked
package io.quorumark.workload;

import org.jspecify.annotations.NullMarked;
