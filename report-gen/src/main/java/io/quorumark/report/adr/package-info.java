/**
 * Words a decision record from {@code results.decision}, which alone decides, and keeps what people wrote into one. Writes files whole or
 * not at all.
 */
@NullMarked
package io.quorumark.report.adr;

import org.jspecify.annotations.NullMarked;
