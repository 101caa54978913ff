@NullMarked
package io.quorumark.raft.message;

import org.jspecify.annotations.NullMarked;
