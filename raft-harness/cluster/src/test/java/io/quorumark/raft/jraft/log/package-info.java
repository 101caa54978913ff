@NullMarked
package io.quorumark.raft.jraft.log;

import org.jspecify.annotations.NullMarked;
