@NullMarked
package io.quorumark.raft.jraft.transport;

import org.jspecify.annotations.NullMarked;
