@NullMarked
package io.quorumark.raft.check;

import org.jspecify.annotations.NullMarked;
