@NullMarked
package io.quorumark.raft.nemesis;

import org.jspecify.annotations.NullMarked;
