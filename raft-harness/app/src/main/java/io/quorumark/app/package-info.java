/**
 * The application: {@link io.quorumark.app.Quorumark} is the command line, whose commands lie in {@code cli}. The only place that sees
 * every module; nothing depends on it.
 */
@NullMarked
package io.quorumark.app;

import org.jspecify.annotations.NullMarked;
