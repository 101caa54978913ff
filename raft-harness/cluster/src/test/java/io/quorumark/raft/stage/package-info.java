@NullMarked
package io.quorumark.raft.stage;

import org.jspecify.annotations.NullMarked;
