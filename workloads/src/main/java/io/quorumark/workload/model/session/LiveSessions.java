package io.quorumark.workload.model.session;

import java.util.Arrays;

/**
 * Which sessions live, in arrays: a session is a small number, reused after its removal. Keeps a dense list of all for picking one by rank,
 * and a linked list for each user.
 */
final class LiveSessions {
    private static final int NONE = -1;

    private final int[] firstOfUser;
    private int[] live;
    private int[] rank;
    private int[] nextOfUser;
    private int[] user;
    private long[] serial;
    private long[] version;
    private long[] expirySeconds;
    private int count;
    private int firstFree = NONE;
    private int used;

    LiveSessions(int users, long expected) {
        int capacity = (int) Math.max(16, expected + expected / 4);
        firstOfUser = new int[users];
        Arrays.fill(firstOfUser, NONE);
        live = new int[capacity];
        rank = new int[capacity];
        nextOfUser = new int[capacity];
        user = new int[capacity];
        serial = new long[capacity];
        version = new long[capacity];
        expirySeconds = new long[capacity];
    }

    int count() {
        return count;
    }

    /** The session at a rank of 0 to count - 1. Removals move others. */
    int at(int index) {
        return live[index];
    }

    boolean hasAny(int ofUser) {
        return firstOfUser[ofUser] != NONE;
    }

    int user(int session) {
        return user[session];
    }

    long serial(int session) {
        return serial[session];
    }

    long version(int session) {
        return version[session];
    }

    void setVersion(int session, long newVersion) {
        version[session] = newVersion;
    }

    long expirySeconds(int session) {
        return expirySeconds[session];
    }

    void add(int ofUser, long newSerial, long expiry) {
        int session = firstFree;
        if (session != NONE) {
            firstFree = nextOfUser[session];
        } else {
            session = used++;
            if (session == live.length) {
                grow();
            }
        }
        user[session] = ofUser;
        serial[session] = newSerial;
        version[session] = 1;
        expirySeconds[session] = expiry;
        nextOfUser[session] = firstOfUser[ofUser];
        firstOfUser[ofUser] = session;
        rank[session] = count;
        live[count++] = session;
    }

    /** Removes a session of the user and returns it, or -1 if there is none. Its fields stay readable until the next {@link #add}. */
    int removeFirst(int ofUser) {
        int session = firstOfUser[ofUser];
        if (session == NONE) {
            return NONE;
        }
        firstOfUser[ofUser] = nextOfUser[session];
        nextOfUser[session] = firstFree;
        firstFree = session;
        int last = live[--count];
        live[rank[session]] = last;
        rank[last] = rank[session];
        return session;
    }

    private void grow() {
        int capacity = Math.addExact(live.length, live.length / 2);
        live = Arrays.copyOf(live, capacity);
        rank = Arrays.copyOf(rank, capacity);
        nextOfUser = Arrays.copyOf(nextOfUser, capacity);
        user = Arrays.copyOf(user, capacity);
        serial = Arrays.copyOf(serial, capacity);
        version = Arrays.copyOf(version, capacity);
        expirySeconds = Arrays.copyOf(expirySeconds, capacity);
    }
}
