package io.quorumark.raft.jraft.transport;

import com.alipay.remoting.CommandDecoder;
import com.alipay.remoting.CommandEncoder;
import com.alipay.remoting.CommandFactory;
import com.alipay.remoting.CommandHandler;
import com.alipay.remoting.HeartbeatTrigger;
import com.alipay.remoting.Protocol;
import com.alipay.remoting.ProtocolCode;
import com.alipay.remoting.ProtocolManager;
import com.alipay.remoting.rpc.RpcCommandType;
import com.alipay.remoting.rpc.RpcRemoting;
import com.alipay.remoting.rpc.protocol.RpcProtocol;
import com.alipay.remoting.rpc.protocol.RpcProtocolV2;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A protocol of the RPC library that refuses messages longer than any that members send. Their header says how long they are, and the
 * library would gather up to 2 GiB of them and parse them before anybody asks who sent them. A connection with such a message is closed
 * as soon as the header is there.
 *
 * <p>The header of both versions ends with the length of the class name (2 bytes), of the header (2) and of the content (4).
 */
final class FrameLimit implements Protocol {
    /** More than the longest command, scan or part of a snapshot, with everything around it. */
    private static final int DEFAULT_MAX_BYTES = 16 << 20;

    /** What a message of log entries may have beyond its configured size: it is full when the last entry exceeds it. */
    private static final int BEYOND_CONFIGURED_BYTES = 8 << 20;

    private static final long LOG_EVERY = 1000;
    private static final Logger LOG = LoggerFactory.getLogger(FrameLimit.class);
    private static final AtomicInteger MAX_BYTES = new AtomicInteger(DEFAULT_MAX_BYTES);
    private static final AtomicLong REFUSED = new AtomicLong();

    private final Protocol protocol;
    private final CommandDecoder decoder;

    private FrameLimit(Protocol protocol, int typeAt, int requestHeaderBytes, int responseHeaderBytes) {
        this.protocol = protocol;
        this.decoder = new Limited(protocol.getDecoder(), typeAt, requestHeaderBytes, responseHeaderBytes);
    }

    /** Takes the place of the library's protocols; later calls do nothing. */
    static synchronized void install() {
        awaitLibrary();
        if (ProtocolManager.getProtocol(ProtocolCode.fromBytes(RpcProtocolV2.PROTOCOL_CODE)) instanceof FrameLimit) {
            return;
        }
        replace(
                RpcProtocol.PROTOCOL_CODE,
                1,
                RpcProtocol.getRequestHeaderLength(),
                RpcProtocol.getResponseHeaderLength());
        replace(
                RpcProtocolV2.PROTOCOL_CODE,
                2,
                RpcProtocolV2.getRequestHeaderLength(),
                RpcProtocolV2.getResponseHeaderLength());
    }

    private static void replace(byte firstByte, int typeAt, int requestHeaderBytes, int responseHeaderBytes) {
        Protocol original = ProtocolManager.unRegisterProtocol(firstByte);
        ProtocolManager.registerProtocol(
                new FrameLimit(original, typeAt, requestHeaderBytes, responseHeaderBytes), firstByte);
    }

    /** The library registers its protocols when this class of it is first used, and not again. */
    private static void awaitLibrary() {
        try {
            MethodHandles.publicLookup().ensureInitialized(RpcRemoting.class);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("the RPC library's class is not public any more", e);
        }
    }

    /** @param messageBytes of log entries in one message, as a member is configured */
    static void allow(int messageBytes) {
        int wanted = Math.addExact(messageBytes, BEYOND_CONFIGURED_BYTES);
        MAX_BYTES.accumulateAndGet(wanted, Math::max);
    }

    @Override
    public CommandEncoder getEncoder() {
        return protocol.getEncoder();
    }

    @Override
    public CommandDecoder getDecoder() {
        return decoder;
    }

    @Override
    public HeartbeatTrigger getHeartbeatTrigger() {
        return protocol.getHeartbeatTrigger();
    }

    @Override
    public CommandHandler getCommandHandler() {
        return protocol.getCommandHandler();
    }

    @Override
    public CommandFactory getCommandFactory() {
        return protocol.getCommandFactory();
    }

    /**
     * Looks at the header of a message, which {@code in} begins with.
     *
     * @param typeAt where the header says whether it is a request's
     */
    private record Limited(CommandDecoder decoder, int typeAt, int requestHeaderBytes, int responseHeaderBytes)
            implements CommandDecoder {
        @Override
        public void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
            long announced = announcedBytes(in);
            if (announced > MAX_BYTES.get()) {
                if (REFUSED.getAndIncrement() % LOG_EVERY == 0) {
                    LOG.warn(
                            "closed a connection from {}: it announced a message of {} bytes, expected at most {}",
                            context.channel().remoteAddress(),
                            announced,
                            MAX_BYTES.get());
                }
                in.skipBytes(in.readableBytes());
                ChannelFuture unused = context.close();
                return;
            }
            decoder.decode(context, in, out);
        }

        /** 0 while the header is not there. A negative length counts as one of more than 2 GiB. */
        private long announcedBytes(ByteBuf in) {
            int begin = in.readerIndex();
            if (in.readableBytes() <= typeAt) {
                return 0;
            }
            int headerBytes =
                    in.getByte(begin + typeAt) == RpcCommandType.RESPONSE ? responseHeaderBytes : requestHeaderBytes;
            if (in.readableBytes() < headerBytes) {
                return 0;
            }
            int end = begin + headerBytes;
            return in.getUnsignedShort(end - 8) + in.getUnsignedShort(end - 6) + in.getUnsignedInt(end - 4);
        }
    }
}
