@NullMarked
package io.quorumark.raft.timing;

import org.jspecify.annotations.NullMarked;
