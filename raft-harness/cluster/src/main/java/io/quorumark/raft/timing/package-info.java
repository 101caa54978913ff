/** Where a write's time goes on the member that leads. */
@NullMarked
package io.quorumark.raft.timing;

import org.jspecify.annotations.NullMarked;
