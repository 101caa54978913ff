/** The commands: each parses its options, calls one thing, and prints. No logic of its own. */
@NullMarked
package io.quorumark.app.cli;

import org.jspecify.annotations.NullMarked;
