package io.quorumark.raft;

/** How members talk to each other. Nothing above the transport knows which one it is. */
public enum Transport {
    /** Messages are handed over as objects inside this JVM, in order per connection; links can be cut ({@link Faults}). */
    IN_JVM("IN_JVM"),
    /** Messages are encoded and sent over loopback TCP connections. */
    TCP("TCP");

    private final String stored;

    Transport(String stored) {
        this.stored = stored;
    }

    /** As a group's folder has it. */
    String stored() {
        return stored;
    }

    /** @throws IllegalArgumentException nothing is stored like this */
    static Transport ofStored(String text) {
        return switch (text) {
            case "IN_JVM" -> IN_JVM;
            case "TCP" -> TCP;
            default -> throw new IllegalArgumentException("transport is '" + text + "', expected IN_JVM or TCP");
        };
    }

    /**
     * By the word that plans and stored results have.
     *
     * @throws IllegalArgumentException there is none with this word
     */
    public static Transport ofWord(String word) {
        return switch (word) {
            case "in-jvm" -> IN_JVM;
            case "tcp" -> TCP;
            default -> throw new IllegalArgumentException("transport is '" + word + "', expected in-jvm or tcp");
        };
    }
}
