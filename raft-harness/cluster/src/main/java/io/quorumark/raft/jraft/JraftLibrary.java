package io.quorumark.raft.jraft;

import com.alipay.sofa.jraft.option.RpcOptions;
import com.alipay.sofa.jraft.rpc.RpcClient;
import com.alipay.sofa.jraft.util.RpcFactoryHelper;
import io.quorumark.raft.MemberNetwork;
import io.quorumark.raft.RaftLibrary;
import io.quorumark.raft.RequestClient;
import io.quorumark.raft.Transport;
import io.quorumark.raft.jraft.transport.LibrarySettings;
import io.quorumark.raft.jraft.transport.TlsSettings;
import java.nio.file.Path;
import java.util.List;

/** SOFAJRaft. Made through its service file. */
public final class JraftLibrary implements RaftLibrary {
    @Override
    public String name() {
        return "SOFAJRaft";
    }

    @Override
    public List<String> loggers() {
        return List.of("com.alipay");
    }

    @Override
    public MemberNetwork openNetwork(Transport transport) {
        LibrarySettings.apply();
        return new JraftNetwork(transport);
    }

    @Override
    public RequestClient openClient() {
        LibrarySettings.apply();
        RpcClient rpc = RpcFactoryHelper.rpcFactory().createRpcClient();
        rpc.init(new RpcOptions());
        return new JraftRequestClient(rpc);
    }

    @Override
    public void useTls(Path keystore, String password) {
        TlsSettings.apply(keystore, password);
    }
}
