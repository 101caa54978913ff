/**
 * Running campaigns: trials in fresh JVMs, in balanced blocks, with progress, and resumable at any moment. {@code plan} says what to run,
 * {@code trial} is what happens inside one JVM, {@code targets} joins the workloads' driver to engines and Raft, {@code interleave} lets
 * two trials take turns, {@code host} looks at the machine, {@code node} runs members in processes of their own, {@code drill} times
 * failovers. A library: it knows neither the command line nor the documents that are made of results.
 */
@NullMarked
package io.quorumark.campaign;

import org.jspecify.annotations.NullMarked;
