@NullMarked
package io.quorumark.raft.log;

import org.jspecify.annotations.NullMarked;
