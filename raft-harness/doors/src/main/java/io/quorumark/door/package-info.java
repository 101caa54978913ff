/** Front doors for clients that know nothing of Quorumark, on one member of a group: RESP and HTTP. */
@NullMarked
package io.quorumark.door;

import org.jspecify.annotations.NullMarked;
