package io.quorumark.raft.jraft.transport;

import com.alipay.remoting.InvokeContext;
import com.alipay.remoting.exception.DeserializationException;
import com.alipay.remoting.rpc.RequestCommand;
import com.alipay.remoting.rpc.ResponseCommand;
import com.alipay.sofa.jraft.rpc.ProtobufSerializer;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads one type of Raft message, and refuses one in which a field that may be there once is there again, before the library's generated
 * classes see it. They would join all occurrences, and copy what they have joined so far for each (CVE-2022-3171): 512 KiB made for it
 * cost 25 GiB of garbage, and four times as much for every doubling. No member sends such a message.
 */
final class SingularFieldsSerializer extends ProtobufSerializer {
    private final String type;
    private final BitSet singular = new BitSet();

    /** @param descriptor of the message */
    SingularFieldsSerializer(Descriptor descriptor) {
        type = descriptor.getName();
        for (FieldDescriptor field : descriptor.getFields()) {
            if (!field.isRepeated() && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                singular.set(field.getNumber());
            }
        }
    }

    @Override
    public <T extends RequestCommand> boolean deserializeContent(T command) throws DeserializationException {
        check(command.getContent());
        return super.deserializeContent(command);
    }

    @Override
    public <T extends ResponseCommand> boolean deserializeContent(T command, InvokeContext context)
            throws DeserializationException {
        check(command.getContent());
        return super.deserializeContent(command, context);
    }

    /** Nothing to look at in messages of log entries, which have no such field. */
    private void check(byte @Nullable [] content) throws DeserializationException {
        if (content == null || singular.isEmpty()) {
            return;
        }
        BitSet seen = new BitSet();
        CodedInputStream in = CodedInputStream.newInstance(content);
        try {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                int field = WireFormat.getTagFieldNumber(tag);
                if (singular.get(field) && seen.get(field)) {
                    throw new DeserializationException(
                            "field " + field + " of " + type + " is there more than once, expected it once");
                }
                if (singular.get(field)) {
                    seen.set(field);
                }
                in.skipField(tag);
            }
        } catch (IOException e) {
            throw new DeserializationException("malformed " + type + ": " + e.getMessage(), e);
        }
    }
}
