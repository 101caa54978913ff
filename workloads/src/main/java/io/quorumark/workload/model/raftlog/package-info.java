/** The log of a Raft member as a workload. */
@NullMarked
package io.quorumark.workload.model.raftlog;

import org.jspecify.annotations.NullMarked;
