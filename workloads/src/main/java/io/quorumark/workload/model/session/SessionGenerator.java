package io.quorumark.workload.model.session;

import io.quorumark.workload.Generator;
import io.quorumark.workload.Mutations;
import io.quorumark.workload.Operation;
import io.quorumark.workload.OperationKind;
import io.quorumark.workload.WorkloadSpec;
import io.quorumark.workload.distribution.KeySampler;
import io.quorumark.workload.distribution.Randomness;
import io.quorumark.workload.key.KeyText;
import io.quorumark.workload.model.Mix;
import io.quorumark.workload.model.ValueWriter;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A session store. A session has three entries, written and deleted in one batch: the record under its token ({@code t/…}), an entry that
 * finds it by user ({@code u/…}) and one that finds it by the expiry it was created with ({@code e/…}; a touch prolongs the record alone,
 * as a sweeper looks at the record before it deletes). The generator follows which sessions live, so that it validates and touches only
 * those, knows their versions and knows what a user's deletion deletes.
 *
 * <p>Users are as many as keep the number of sessions near the number loaded: if a share c of the operations creates sessions of random
 * users and a share d deletes those of one random user who has any, a user has c/d - 1 sessions on average in the steady state.
 */
final class SessionGenerator implements Generator {
    /** Version, user, expiry. */
    static final int MIN_VALUE_BYTES = 24;

    private static final int CREATE = 0;
    private static final int VALIDATE = 1;
    private static final int TOUCH = 2;
    private static final int TOKEN_KEY_BYTES = 2 + 2 * KeyText.HEX_BYTES;
    private static final int INDEX_KEY_BYTES = 3 + 2 * KeyText.HEX_BYTES;
    private static final int INDEX_VALUE_BYTES = 24;
    private static final long FIRST_EXPIRY_SECONDS = 1_800_000_000L;
    private static final long OPERATIONS_PER_SECOND = 1_000;
    private static final double DEFAULT_SESSIONS_PER_USER = 14;

    private final long records;
    private final long tokenSeed;
    private final int users;
    private final UniformRandomProvider random;
    private final Mix mix;
    private final KeySampler choice;
    private final ValueWriter values;
    private final LiveSessions sessions;
    private final byte[] key = new byte[INDEX_KEY_BYTES];
    private final byte[] indexValue = new byte[INDEX_VALUE_BYTES];
    private long nextSerial;

    SessionGenerator(WorkloadSpec spec, long seed, long records) {
        this.records = records;
        tokenSeed = Randomness.scatter(seed);
        double deletes = spec.share("delete-user");
        double sessionsPerUser = deletes > 0 ? spec.share("create") / deletes - 1 : DEFAULT_SESSIONS_PER_USER;
        users = (int) Math.max(1, Math.round(records / sessionsPerUser));
        random = Randomness.of(seed, "session-store");
        mix = new Mix(spec);
        choice = spec.drawnKeys().openSampler(records, false, random);
        values = new ValueWriter(spec.values(), seed, random);
        sessions = new LiveSessions(users, records);
    }

    @Override
    public long loadOperations() {
        return records;
    }

    @Override
    public void load(long index, Operation into) {
        create(index, into);
    }

    @Override
    public void mix(long position, Operation into) {
        int drawn = mix.sample(random);
        if (drawn == CREATE || sessions.count() == 0) {
            create(position, into);
        } else if (drawn == VALIDATE) {
            validate(into);
        } else if (drawn == TOUCH) {
            touch(position, into);
        } else {
            deleteUser(into);
        }
    }

    private void create(long position, Operation into) {
        into.reset(OperationKind.BATCH, mix.of(CREATE));
        long serial = nextSerial++;
        int user = random.nextInt(users);
        long expirySeconds = expirySeconds(position);
        sessions.add(user, serial, expirySeconds);

        values.write(into, 1);
        writeRecordHeader(into.value(), user, expirySeconds);
        Mutations mutations = into.mutations();
        mutations.put(key, tokenKey(serial), into.value(), into.valueLength());
        into.prepareValue(0);
        KeyText.bigEndian(1, indexValue, 0);
        KeyText.bigEndian(tokenHigh(serial), indexValue, 8);
        KeyText.bigEndian(tokenLow(serial), indexValue, 16);
        mutations.put(key, userKey(user, serial), indexValue, INDEX_VALUE_BYTES);
        mutations.put(key, expiryKey(expirySeconds, serial), indexValue, INDEX_VALUE_BYTES);
    }

    private void validate(Operation into) {
        into.reset(OperationKind.READ, mix.of(VALIDATE));
        setTokenKey(sessions.serial(pick()), into);
    }

    private void touch(long position, Operation into) {
        into.reset(OperationKind.COMPARE_AND_SET, mix.of(TOUCH));
        int session = pick();
        setTokenKey(sessions.serial(session), into);
        long version = sessions.version(session);
        into.setExpectedVersion(version);
        sessions.setVersion(session, version + 1);
        values.write(into, version + 1);
        writeRecordHeader(into.value(), sessions.user(session), expirySeconds(position));
    }

    private void deleteUser(Operation into) {
        into.reset(OperationKind.BATCH, mix.of(TOUCH + 1));
        int user = random.nextInt(users);
        while (!sessions.hasAny(user)) {
            user = random.nextInt(users);
        }
        Mutations mutations = into.mutations();
        for (int session = sessions.removeFirst(user); session >= 0; session = sessions.removeFirst(user)) {
            long serial = sessions.serial(session);
            mutations.delete(key, tokenKey(serial));
            mutations.delete(key, userKey(user, serial));
            mutations.delete(key, expiryKey(sessions.expirySeconds(session), serial));
        }
    }

    private int pick() {
        return sessions.at((int) choice.sample(sessions.count()));
    }

    private void setTokenKey(long serial, Operation into) {
        int length = tokenKey(serial);
        System.arraycopy(key, 0, into.prepareKey(length), 0, length);
    }

    private int tokenKey(long serial) {
        key[0] = 't';
        key[1] = '/';
        KeyText.hex(tokenHigh(serial), key, 2);
        KeyText.hex(tokenLow(serial), key, 2 + KeyText.HEX_BYTES);
        return TOKEN_KEY_BYTES;
    }

    private int userKey(int user, long serial) {
        return indexKey('u', Randomness.scatter(user), serial);
    }

    private int expiryKey(long expirySeconds, long serial) {
        return indexKey('e', expirySeconds, serial);
    }

    private int indexKey(char index, long by, long serial) {
        key[0] = (byte) index;
        key[1] = '/';
        KeyText.hex(by, key, 2);
        key[2 + KeyText.HEX_BYTES] = '/';
        KeyText.hex(tokenHigh(serial), key, 3 + KeyText.HEX_BYTES);
        return INDEX_KEY_BYTES;
    }

    /** Unique per session, as scattering is a bijection. */
    private long tokenHigh(long serial) {
        return Randomness.scatter(serial ^ tokenSeed);
    }

    private long tokenLow(long serial) {
        return Randomness.scatter(tokenHigh(serial) + tokenSeed);
    }

    private static void writeRecordHeader(byte[] value, int user, long expirySeconds) {
        KeyText.bigEndian(user, value, Operation.VERSION_BYTES);
        KeyText.bigEndian(expirySeconds, value, 2 * Operation.VERSION_BYTES);
    }

    /** The store's own clock runs with the stream, not with time. */
    private static long expirySeconds(long position) {
        return FIRST_EXPIRY_SECONDS + position / OPERATIONS_PER_SECOND;
    }
}
