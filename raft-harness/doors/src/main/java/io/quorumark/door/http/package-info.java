/** Records, members, state and metrics over HTTP. */
@NullMarked
package io.quorumark.door.http;

import org.jspecify.annotations.NullMarked;
