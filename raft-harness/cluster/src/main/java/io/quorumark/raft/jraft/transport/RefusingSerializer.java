package io.quorumark.raft.jraft.transport;

import com.alipay.remoting.exception.CodecException;
import com.alipay.remoting.rpc.exception.RpcServerException;
import com.alipay.remoting.serialization.Serializer;
import java.nio.charset.StandardCharsets;

/**
 * Takes the place of the RPC library's default object serializer, which would build any class a peer names. Raft messages have their own
 * codecs; what is left are class names and error texts, and nothing else is read.
 */
final class RefusingSerializer implements Serializer {
    @Override
    public byte[] serialize(Object object) {
        return String.valueOf(object).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T> T deserialize(byte[] data, String className) throws CodecException {
        String text = new String(data, StandardCharsets.UTF_8);
        if (String.class.getName().equals(className)) {
            return (T) text;
        }
        if (RpcServerException.class.getName().equals(className)) {
            return (T) new RpcServerException(text);
        }
        throw new CodecException("refused to build a " + className + " from a message");
    }
}
