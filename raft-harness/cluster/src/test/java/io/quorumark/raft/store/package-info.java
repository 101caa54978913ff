@NullMarked
package io.quorumark.raft.store;

import org.jspecify.annotations.NullMarked;
