package io.quorumark.raft.jraft.transport;

import com.alipay.remoting.CustomSerializerManager;
import com.alipay.remoting.DefaultCustomSerializer;
import com.alipay.remoting.InvokeContext;
import com.alipay.remoting.exception.DeserializationException;
import com.alipay.remoting.exception.SerializationException;
import com.alipay.remoting.rpc.RequestCommand;
import com.alipay.remoting.rpc.ResponseCommand;
import com.alipay.remoting.rpc.protocol.RpcRequestCommand;
import com.alipay.remoting.rpc.protocol.RpcResponseCommand;
import io.quorumark.raft.message.ClientRequest;
import io.quorumark.raft.message.ClientResponse;

/** Tells the RPC library how these messages are written, in place of a serializer that would build any class. */
public final class ClientMessageSerializer extends DefaultCustomSerializer {
    private ClientMessageSerializer() {}

    /** Registers it, once for the JVM; later calls do nothing. */
    public static synchronized void register() {
        if (CustomSerializerManager.getCustomSerializer(ClientRequest.class.getName()) != null) {
            return;
        }
        ClientMessageSerializer serializer = new ClientMessageSerializer();
        CustomSerializerManager.registerCustomSerializer(ClientRequest.class.getName(), serializer);
        CustomSerializerManager.registerCustomSerializer(ClientResponse.class.getName(), serializer);
    }

    @Override
    public <T extends RequestCommand> boolean serializeContent(T command, InvokeContext context)
            throws SerializationException {
        if (command instanceof RpcRequestCommand request && request.getRequestObject() instanceof ClientRequest body) {
            request.setContent(body.encode());
            return true;
        }
        return false;
    }

    @Override
    public <T extends RequestCommand> boolean deserializeContent(T command) throws DeserializationException {
        if (!(command instanceof RpcRequestCommand request)) {
            return false;
        }
        try {
            request.setRequestObject(ClientRequest.decode(request.getContent()));
            return true;
        } catch (IllegalArgumentException e) {
            throw new DeserializationException(e.getMessage(), e);
        }
    }

    @Override
    public <T extends ResponseCommand> boolean serializeContent(T command) throws SerializationException {
        if (command instanceof RpcResponseCommand response
                && response.getResponseObject() instanceof ClientResponse body) {
            response.setContent(body.encode());
            return true;
        }
        return false;
    }

    @Override
    public <T extends ResponseCommand> boolean deserializeContent(T command, InvokeContext context)
            throws DeserializationException {
        if (!(command instanceof RpcResponseCommand response)) {
            return false;
        }
        try {
            response.setResponseObject(ClientResponse.decode(response.getContent()));
            return true;
        } catch (IllegalArgumentException e) {
            throw new DeserializationException(e.getMessage(), e);
        }
    }
}
