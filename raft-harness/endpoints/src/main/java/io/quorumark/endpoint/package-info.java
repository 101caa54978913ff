/** Front endpoints for clients that know nothing of Quorumark, on one member of a group: RESP and HTTP. */
@NullMarked
package io.quorumark.endpoint;

import org.jspecify.annotations.NullMarked;
