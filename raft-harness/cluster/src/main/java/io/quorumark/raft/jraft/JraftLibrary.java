package io.quorumark.raft.jraft;

import com.alipay.sofa.jraft.option.RpcOptions;
import com.alipay.sofa.jraft.rpc.RpcClient;
import com.alipay.sofa.jraft.util.RpcFactoryHelper;
import io.quorumark.raft.MemberNetwork;
import io.quorumark.raft.RaftLibrary;
import io.quorumark.raft.RequestClient;
import io.quorumark.raft.TlsKeys;
import io.quorumark.raft.Transport;
import io.quorumark.raft.jraft.transport.LibrarySettings;
import io.quorumark.raft.jraft.transport.TlsSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/** SOFAJRaft. Made through its service file. */
public final class JraftLibrary implements RaftLibrary {
    @Override
    public String name() {
        return "SOFAJRaft";
    }

    @Override
    public String version() {
        Properties properties = new Properties();
        try (InputStream file = JraftLibrary.class.getResourceAsStream("library.properties")) {
            if (file == null) {
                throw new IllegalStateException("library.properties is not in the program; build it anew");
            }
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException("library.properties cannot be read: " + e.getMessage(), e);
        }
        return Objects.requireNonNull(properties.getProperty("version"), "version");
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
    public void useTls(TlsKeys keys) {
        TlsSettings.apply(keys);
    }
}
