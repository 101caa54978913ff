package io.quorumark.raft.nemesis;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A log engine that does not keep a member's term and vote: a restarted member has never voted. */
final class ForgottenVote extends WrappedProvider {
    private static final ByteBuffer HARD_STATE =
            ByteBuffer.wrap("hard-state".getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer();

    ForgottenVote(EngineProvider real) {
        super(real);
    }

    @Override
    protected Session wrap(Session session, EngineConfig config) {
        return new WrappedSession(session) {
            @Override
            public void put(Keyspace keyspace, ByteBuffer key, ByteBuffer value, Durability durability) {
                if (!key.equals(HARD_STATE)) {
                    super.put(keyspace, key, value, durability);
                }
            }
        };
    }
}
