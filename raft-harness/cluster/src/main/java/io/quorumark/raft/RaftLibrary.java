package io.quorumark.raft;

import java.util.List;
import java.util.ServiceLoader;

/**
 * A library that replicates: what this module needs of one, in its own types. Everything that knows a library's types lies behind this, so
 * that another one can take its place with an implementation and a service file. Stateless and thread-safe.
 */
public interface RaftLibrary {
    /** As people know it, such as {@code SOFAJRaft}. */
    String name();

    /** As its makers number it, such as {@code 1.4.1}: stored with what was measured, and of another campaign if it changes. */
    String version();

    /** The loggers under which it and the libraries that it brings report; their children are included. */
    List<String> loggers();

    /** The network of one group's members, or of those of them that run in this JVM. */
    MemberNetwork openNetwork(Transport transport);

    /** Sends requests over TCP, for a client that is no member. */
    RequestClient openClient();

    /**
     * Turns TLS on for every member and client of this JVM; called before anything connects or listens. Both sides show a certificate and
     * refuse one that they do not trust; who dials a member also refuses one that does not name the member's host.
     *
     * @throws IllegalArgumentException the keys cannot be used; one line
     */
    void useTls(TlsKeys keys);

    /**
     * The library on the class path.
     *
     * @throws IllegalStateException there is none, or more than one
     */
    static RaftLibrary onClassPath() {
        List<RaftLibrary> found = ServiceLoader.load(RaftLibrary.class, RaftLibrary.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        if (found.size() != 1) {
            throw new IllegalStateException("found the Raft libraries "
                    + found.stream().map(RaftLibrary::name).toList()
                    + " on the class path, expected exactly one");
        }
        return found.get(0);
    }
}
