package io.quorumark.raft.jraft.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.remoting.rpc.protocol.RpcProtocolV2;
import com.alipay.sofa.jraft.entity.RaftOutter.SnapshotMeta;
import com.alipay.sofa.jraft.rpc.RpcRequests;
import com.alipay.sofa.jraft.rpc.RpcRequests.InstallSnapshotRequest;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import io.quorumark.engine.Durability;
import io.quorumark.engine.memory.MemoryEngineProvider;
import io.quorumark.raft.LoopbackPorts;
import io.quorumark.raft.MemberConfig;
import io.quorumark.raft.MemberNode;
import io.quorumark.raft.RaftSettings;
import io.quorumark.raft.RemoteGroup;
import io.quorumark.raft.StoreSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes that no member would send, at a member's own port. */
class HostileMessageTest {
    private static final String GROUP = "hostile";
    private static final int LONGEST_BYTES = 16 << 20;
    private static final int BUFFER_BYTES = 64 << 10;

    @TempDir
    Path folder;

    private String id = "";
    private MemberNode node;
    private RemoteGroup client;

    @BeforeEach
    void start() {
        id = "127.0.0.1:" + LoopbackPorts.choose(1).get(0);
        StoreSpec store = StoreSpec.of(new MemoryEngineProvider(), Durability.PROCESS_CRASH);
        node = MemberNode.start(new MemberConfig(
                GROUP,
                id,
                List.of(id),
                folder.resolve("member"),
                store,
                store,
                RaftSettings.DEFAULTS.withElectionTimeout(Duration.ofMillis(300)),
                Duration.ofSeconds(5)));
        client = RemoteGroup.of(GROUP, List.of(id), Duration.ofSeconds(20));
    }

    @AfterEach
    void close() {
        client.close();
        node.close();
    }

    private Socket connect() throws IOException {
        String[] hostAndPort = id.split(":");
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(hostAndPort[0], Integer.parseInt(hostAndPort[1])));
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** The header of a request in the RPC library's protocol, and the class name behind it. */
    private static byte[] head(byte protocol, String className, int contentBytes) {
        byte[] name = className.getBytes(StandardCharsets.US_ASCII);
        boolean second = protocol == RpcProtocolV2.PROTOCOL_CODE;
        ByteBuffer head = ByteBuffer.allocate((second ? 24 : 22) + name.length).put(protocol);
        if (second) {
            head.put((byte) 1);
        }
        // a request, of the user's kind, version 1, number 1, serializer 2
        head.put((byte) 1).putShort((short) 1).put((byte) 1).putInt(1).put((byte) 2);
        if (second) {
            head.put((byte) 0);
        }
        return head.putInt(60_000)
                .putShort((short) name.length)
                .putShort((short) 0)
                .putInt(contentBytes)
                .put(name)
                .array();
    }

    /** How many bytes the member takes before it closes the connection; it never takes all. */
    private static long bytesTaken(Socket socket, byte[] head, long mostBytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(head);
        byte[] zeros = new byte[BUFFER_BYTES];
        long sent = 0;
        try {
            while (sent < mostBytes) {
                out.write(zeros);
                sent += zeros.length;
            }
        } catch (SocketException closed) {
            return sent;
        }
        return socket.getInputStream().read() == -1 ? sent : Long.MAX_VALUE;
    }

    @Test
    void a_message_that_is_announced_too_long_is_not_gathered() throws Exception {
        for (byte protocol : new byte[] {1, 2}) {
            for (int announced : new int[] {LONGEST_BYTES + 1, 1 << 30, Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
                try (Socket stranger = connect()) {
                    byte[] head = head(protocol, InstallSnapshotRequest.class.getName(), announced);
                    assertThat(bytesTaken(stranger, head, 256L << 20))
                            .as("protocol %d, %d bytes announced", protocol, announced)
                            .isLessThan(LONGEST_BYTES);
                }
            }
        }
        assertThat(client.status(id).get().id()).isEqualTo(id);
    }

    /**
     * A field that may be there once, many times over, each with an unknown field: what generated classes of this age turn back and forth
     * between two forms while they parse it.
     */
    private static byte[] repeatedMetadata(int mostBytes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(mostBytes);
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        CodedOutputStream meta = CodedOutputStream.newInstance(inner);
        meta.writeInt64(1, 1);
        meta.writeInt64(2, 1);
        meta.writeString(3, "a");
        meta.writeBytes(1000, ByteString.copyFromUtf8("x"));
        meta.flush();
        int each = inner.size() + 3;
        for (int size = 0; size + each < mostBytes; size += each) {
            out.writeTag(InstallSnapshotRequest.META_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            out.writeUInt32NoTag(inner.size());
            out.writeRawBytes(inner.toByteArray());
        }
        // what a request must have, so that it is parsed to its end and answered
        out.writeString(InstallSnapshotRequest.GROUP_ID_FIELD_NUMBER, "none");
        out.writeString(InstallSnapshotRequest.SERVER_ID_FIELD_NUMBER, "127.0.0.1:1");
        out.writeString(InstallSnapshotRequest.PEER_ID_FIELD_NUMBER, "127.0.0.1:2");
        out.writeInt64(InstallSnapshotRequest.TERM_FIELD_NUMBER, 1);
        out.writeString(InstallSnapshotRequest.URI_FIELD_NUMBER, "none");
        out.flush();
        return bytes.toByteArray();
    }

    @Test
    void hostile_messages_cost_no_more_than_their_own_bytes_and_the_member_goes_on() throws Exception {
        byte[] content = repeatedMetadata(LONGEST_BYTES - 1024);
        for (int i = 0; i < 5; i++) {
            try (Socket stranger = connect()) {
                stranger.getOutputStream()
                        .write(head((byte) 2, InstallSnapshotRequest.class.getName(), content.length));
                stranger.getOutputStream().write(content);
                // parsed by the generated classes, 16 MiB of it would take hours
                assertThat(stranger.getInputStream().read())
                        .as("an answer begins")
                        .isEqualTo(2);
            }
            assertThat(client.status(id).get().id()).isEqualTo(id);
        }
    }

    @Test
    void an_honest_message_is_parsed_and_answered() throws Exception {
        byte[] content = InstallSnapshotRequest.newBuilder()
                .setGroupId("none")
                .setServerId("127.0.0.1:1")
                .setPeerId("127.0.0.1:2")
                .setTerm(1)
                .setUri("none")
                .setMeta(SnapshotMeta.newBuilder()
                        .setLastIncludedIndex(1)
                        .setLastIncludedTerm(1)
                        .addPeers("127.0.0.1:1")
                        .addPeers("127.0.0.1:2"))
                .build()
                .toByteArray();
        try (Socket peer = connect()) {
            peer.getOutputStream().write(head((byte) 2, InstallSnapshotRequest.class.getName(), content.length));
            peer.getOutputStream().write(content);
            byte[] answer = peer.getInputStream().readNBytes(73);
            assertThat(new String(answer, StandardCharsets.ISO_8859_1)).contains("ErrorResponse");
        }
    }

    @Test
    void no_message_of_members_has_a_singular_message_below_its_fields() {
        for (Descriptor type : RpcRequests.getDescriptor().getMessageTypes()) {
            for (FieldDescriptor field : type.getFields()) {
                if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                    assertThat(field.getMessageType().getFields())
                            .as("%s, which the check of %s does not look into", field.getMessageType(), type)
                            .noneMatch(inner -> inner.getJavaType() == FieldDescriptor.JavaType.MESSAGE);
                }
            }
        }
    }
}
