/** Records, members, state and metrics over HTTP. */
@NullMarked
package io.quorumark.endpoint.http;

import org.jspecify.annotations.NullMarked;
