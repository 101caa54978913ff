/**
 * The application: the only place that sees every module. {@link io.quorumark.app.Quorumark} is the command line; {@code plan} resolves
 * what to run, {@code campaign} runs it in fresh JVMs, {@code trial} is what happens inside one of them, {@code targets} joins the
 * workloads' driver to engines and Raft, {@code turns} lets two trials take turns, {@code host} looks at the machine, {@code jmh} holds the
 * benchmarks. Nothing depends on this module.
 */
@NullMarked
package io.quorumark.app;

import org.jspecify.annotations.NullMarked;
