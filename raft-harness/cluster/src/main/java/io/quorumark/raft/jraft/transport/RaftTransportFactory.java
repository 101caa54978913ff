package io.quorumark.raft.jraft.transport;

import com.alipay.remoting.CustomSerializerManager;
import com.alipay.sofa.jraft.option.RpcOptions;
import com.alipay.sofa.jraft.rpc.RaftRpcFactory;
import com.alipay.sofa.jraft.rpc.RpcClient;
import com.alipay.sofa.jraft.rpc.RpcServer;
import com.alipay.sofa.jraft.rpc.impl.BoltRaftRpcFactory;
import com.alipay.sofa.jraft.rpc.impl.BoltRpcServer;
import com.alipay.sofa.jraft.util.Endpoint;
import com.alipay.sofa.jraft.util.SPI;
import com.google.protobuf.Message;
import org.jspecify.annotations.Nullable;

/**
 * The RPC factory that the library finds: gives a member whose {@link MemberOptions} name an in-JVM network a client on that network, and
 * everyone else TCP. Made by the library through its service file.
 */
@SPI(priority = 100)
public final class RaftTransportFactory implements RaftRpcFactory {
    public RaftTransportFactory() {
        LibrarySettings.apply();
        new BoltRaftRpcFactory().ensurePipeline();
    }

    /** @param args the type's default instance */
    @Override
    public void registerProtobufSerializer(String className, Object... args) {
        Message type = (Message) args[0];
        CustomSerializerManager.registerCustomSerializer(
                className, new SingularFieldsSerializer(type.getDescriptorForType()));
    }

    @Override
    public @Nullable ConfigHelper<RpcClient> defaultJRaftClientConfigHelper(RpcOptions options) {
        return options instanceof MemberOptions member ? member.clientOrigin() : null;
    }

    @Override
    public RpcClient createRpcClient(@Nullable ConfigHelper<RpcClient> helper) {
        if (helper instanceof InJvmPort port) {
            return port.newClient();
        }
        RpcClient client = new TcpCalls(new TcpClient(TlsSettings.current()));
        if (helper != null) {
            helper.config(client);
        }
        return client;
    }

    @Override
    public RpcServer createRpcServer(Endpoint endpoint, @Nullable ConfigHelper<RpcServer> helper) {
        RpcServer server = new BoltRpcServer(new TcpServer(endpoint, TlsSettings.current()));
        if (helper != null) {
            helper.config(server);
        }
        return server;
    }

    /** Nothing to do: done once, when the factory was made, instead of with every message. */
    @Override
    public void ensurePipeline() {}
}
