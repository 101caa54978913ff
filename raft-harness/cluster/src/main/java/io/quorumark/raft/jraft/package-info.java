/**
 * SOFAJRaft under the types of {@link io.quorumark.raft}: everything that knows the library, or the RPC library that it brings, is in this
 * package and those below it.
 *
 * <p><b>Start here:</b> {@link io.quorumark.raft.jraft.JraftLibrary}, which is found through its service file. Nobody outside names a class
 * of this tree.
 *
 * <p><b>Arrows:</b> this package puts {@code log}, {@code state} and {@code transport} together, which do not know it or each other; all
 * see the packages beside this tree.
 */
@NullMarked
package io.quorumark.raft.jraft;

import org.jspecify.annotations.NullMarked;
