@NullMarked
package io.quorumark.raft;

import org.jspecify.annotations.NullMarked;
