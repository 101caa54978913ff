@NullMarked
package io.quorumark.raft.command;

import org.jspecify.annotations.NullMarked;
