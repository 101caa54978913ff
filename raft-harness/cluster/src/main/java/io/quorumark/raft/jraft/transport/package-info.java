/**
 * How members' messages travel: as objects inside the JVM, or encoded over TCP. The library finds one {@code RaftRpcFactory} per JVM; ours
 * asks the options of each member, so that both kinds of group live side by side.
 *
 * <p>Depends on the Raft library and its RPC library only. Lost messages are never reported; their senders time out, as on a network.
 */
@NullMarked
package io.quorumark.raft.jraft.transport;

import org.jspecify.annotations.NullMarked;
