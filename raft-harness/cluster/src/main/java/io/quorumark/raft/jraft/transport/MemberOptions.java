package io.quorumark.raft.jraft.transport;

import com.alipay.sofa.jraft.option.NodeOptions;
import com.alipay.sofa.jraft.rpc.RaftRpcFactory.ConfigHelper;
import com.alipay.sofa.jraft.rpc.RpcClient;
import org.jspecify.annotations.Nullable;

/**
 * A member's options that also say how the member reaches others; the library hands them to the RPC factory when it makes the member's
 * client.
 */
public final class MemberOptions extends NodeOptions {
    private final @Nullable InJvmPort port;

    /** @param port where the member is attached to an in-JVM network; null for TCP */
    public MemberOptions(@Nullable InJvmPort port) {
        this.port = port;
    }

    /** As long as the library has it, except to a leader that is about to step down: see {@link LeaderLooks}. */
    @Override
    public int getLeaderLeaseTimeoutMs() {
        return LeaderLooks.silenceMillis(super.getLeaderLeaseTimeoutMs(), getElectionTimeoutMs());
    }

    @Nullable
    ConfigHelper<RpcClient> clientOrigin() {
        return port;
    }
}
