/** A cache under Raft: keys that are present or absent. */
@NullMarked
package io.quorumark.workload.model.cache;

import org.jspecify.annotations.NullMarked;
