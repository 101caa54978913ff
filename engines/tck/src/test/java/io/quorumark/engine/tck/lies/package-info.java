/** An honest toy engine, and engines that lie on purpose: each proves that the kit finds that lie. */
@NullMarked
package io.quorumark.engine.tck.lies;

import org.jspecify.annotations.NullMarked;
