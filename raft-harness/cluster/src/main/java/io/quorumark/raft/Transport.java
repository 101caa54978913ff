package io.quorumark.raft;

/** How members talk to each other. Nothing above the transport knows which one it is. */
public enum Transport {
    /** Messages are handed over as objects inside this JVM, in order per connection; links can be cut ({@link Faults}). */
    IN_JVM,
    /** Messages are encoded and sent over loopback TCP connections. */
    TCP
}
