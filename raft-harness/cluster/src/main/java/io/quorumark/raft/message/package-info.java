/**
 * What clients and members say to a member, beside the Raft library's own messages: requests, responses, and their bytes.
 *
 * <p>On the wire a message is its one-byte kind or outcome, then, for a request, the length of the group's id (one byte) and the id in
 * ASCII, the length (one byte) and bytes of a code that shows that the sender knows the group's password, if it shows one, then the body.
 * Bodies are written and read by the types of this package. Integers are big-endian.
 *
 * <p>Depends on nothing here. Values are immutable but for the byte arrays they carry, which belong to the message.
 */
@NullMarked
package io.quorumark.raft.message;

import org.jspecify.annotations.NullMarked;
