/**
 * Issues a stream's operations to a target, in a closed or an open loop, and records how long they took. The only package of this module
 * that starts threads or reads a clock.
 */
@NullMarked
package io.quorumark.workload.driver;

import org.jspecify.annotations.NullMarked;
