@NullMarked
package io.quorumark.raft.transport;

import org.jspecify.annotations.NullMarked;
