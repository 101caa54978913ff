@NullMarked
package io.quorumark.raft.linearizability;

import org.jspecify.annotations.NullMarked;
