/**
 * The conformance kit: an adapter's tests extend {@link io.quorumark.engine.tck.EngineConformanceTest} and
 * {@link io.quorumark.engine.tck.EngineCrashTest} and name their provider. No test knows which engine it runs on; what an engine does not
 * claim, it must refuse.
 */
@NullMarked
package io.quorumark.engine.tck;

import org.jspecify.annotations.NullMarked;
