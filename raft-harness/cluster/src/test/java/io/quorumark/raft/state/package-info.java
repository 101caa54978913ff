@NullMarked
package io.quorumark.raft.state;

import org.jspecify.annotations.NullMarked;
