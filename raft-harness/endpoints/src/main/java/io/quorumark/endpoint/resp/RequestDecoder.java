package io.quorumark.endpoint.resp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.quorumark.endpoint.ConnectionBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what a client sends into requests, as Redis does: arrays of bulk strings, or lines of words that end in a line feed. Bounds their
 * size while they arrive, and the time that they take. One that finds no room while it arrives is dropped word by word, and {@link
 * Refused}. After a {@link ProtocolError}, which comes behind the requests before it, everything else is dropped. For one connection.
 */
final class RequestDecoder extends ByteToMessageDecoder {
    /** The longest line, header or inline request. */
    static final int MAX_LINE_BYTES = 64 << 10;

    /** The most words of a request. */
    static final int MAX_WORDS = 100_000;

    private static final long NO_NUMBER = -1;
    private static final int NO_BULK = -1;
    private static final int MAX_NUMBER_DIGITS = 10;
    private static final int LINE_END_BYTES = 2;

    /** What is read of a client that has not shown the password, if one is asked for. */
    private static final int STRANGERS_MAX_WORDS = 10;

    private static final int STRANGERS_MAX_BYTES = 16 << 10;

    private final ClientState client;
    private final ConnectionBytes held;
    private final int maxBytes;
    private final long timeoutNanos;
    private @Nullable List<byte[]> words;
    private int wordsLeft;
    private long wordBytes;

    /** Of the words that have arrived. */
    private long takenBytes;

    private int bulkBytes = NO_BULK;

    /** Whether the rest of the request is dropped as it arrives. */
    private boolean dropping;

    /** Of a request that has not arrived in full. */
    private long heldBytes;

    private int scannedBytes;
    private boolean ended;
    private long requests;
    private long timedRequest = -1;
    private long partSinceNanos;
    private boolean timerRuns;

    /**
     * @param maxBytes of all words of a request together
     * @param timeoutMillis how long a request that has begun may take to arrive
     * @param client whether it was let in bounds what is read of it; looked at again after each request has been passed on
     * @param held of this connection's requests
     */
    RequestDecoder(int maxBytes, long timeoutMillis, ClientState client, ConnectionBytes held) {
        this.client = client;
        this.held = held;
        this.maxBytes = maxBytes;
        this.timeoutNanos = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    }

    /**
     * A request.
     *
     * @param words one or more; no array is changed
     * @param inline whether it was a line of text
     */
    record Words(List<byte[]> words, boolean inline) {}

    /** A request found no room. It comes in its place, and the connection goes on. */
    record Refused() {}

    /** The connection cannot go on. */
    record ProtocolError(String reason, boolean slow) {}

    private static final class Malformed extends Exception {
        Malformed(String reason) {
            super(reason, null, false, false);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (ended) {
            in.skipBytes(in.readableBytes());
            return;
        }
        try {
            Words request = words == null && in.getByte(in.readerIndex()) != '*' ? line(in) : array(in);
            if (request != null) {
                requests++;
                held.giveBack(heldBytes);
                heldBytes = 0;
                if (dropping) {
                    dropping = false;
                    context.fireUserEventTriggered(new Refused());
                } else if (!request.words.isEmpty()) {
                    out.add(request);
                }
            }
        } catch (Malformed e) {
            in.skipBytes(in.readableBytes());
            end(context, new ProtocolError(String.valueOf(e.getMessage()), false));
        }
    }

    private void end(ChannelHandlerContext context, ProtocolError error) {
        if (!ended) {
            ended = true;
            words = null;
            held.giveBack(heldBytes);
            heldBytes = 0;
            context.fireUserEventTriggered(error);
        }
    }

    /** Null while it is not there in full. */
    private @Nullable Words line(ByteBuf in) throws Malformed {
        int length = lengthTo(in, (byte) '\n', "too big inline request");
        if (length < 0) {
            return null;
        }
        byte[] line = ByteBufUtil.getBytes(in, in.readerIndex(), length);
        in.skipBytes(length + 1);
        List<byte[]> split = InlineWords.split(line);
        if (split == null) {
            throw new Malformed("unbalanced quotes in request");
        }
        return new Words(split, true);
    }

    /** Takes what is there; null while that is not all of it. */
    private @Nullable Words array(ByteBuf in) throws Malformed {
        List<byte[]> taken = words;
        if (taken == null) {
            long count = header(in, "too big mbulk count string", "invalid multibulk length");
            if (count == INCOMPLETE) {
                return null;
            }
            if (count > (client.isAdmitted() ? MAX_WORDS : STRANGERS_MAX_WORDS)) {
                throw new Malformed("invalid multibulk length");
            }
            if (count <= 0) {
                return new Words(List.of(), false);
            }
            taken = new ArrayList<>((int) Math.min(count, 16));
            words = taken;
            wordsLeft = (int) count;
            wordBytes = 0;
            takenBytes = 0;
        }
        while (wordsLeft > 0 && word(in, taken)) {
            wordsLeft--;
        }
        if (wordsLeft > 0) {
            return null;
        }
        words = null;
        return new Words(taken, false);
    }

    private static final long INCOMPLETE = Long.MIN_VALUE;

    private boolean word(ByteBuf in, List<byte[]> taken) throws Malformed {
        if (bulkBytes == NO_BULK) {
            if (!in.isReadable()) {
                return false;
            }
            byte kind = in.getByte(in.readerIndex());
            if (kind != '$') {
                throw new Malformed("expected '$', got '" + printable(kind) + "'");
            }
            long length = header(in, "too big bulk count string", "invalid bulk length");
            if (length == INCOMPLETE) {
                return false;
            }
            if (length < 0) {
                throw new Malformed("invalid bulk length");
            }
            wordBytes += length;
            int mostBytes = client.isAdmitted() ? maxBytes : Math.min(maxBytes, STRANGERS_MAX_BYTES);
            if (wordBytes > mostBytes) {
                throw new Malformed("request is longer than " + mostBytes + " bytes");
            }
            bulkBytes = (int) length;
        }
        if (dropping) {
            int dropped = Math.min(bulkBytes, in.readableBytes());
            in.skipBytes(dropped);
            bulkBytes -= dropped;
        }
        if (in.readableBytes() < bulkBytes + LINE_END_BYTES) {
            return false;
        }
        byte[] word = new byte[bulkBytes];
        in.readBytes(word);
        if (in.readByte() != '\r' || in.readByte() != '\n') {
            throw new Malformed("bulk string of " + bulkBytes + " bytes does not end in CR LF");
        }
        if (!dropping) {
            taken.add(word);
            takenBytes += word.length + Call.WORD_BYTES;
        }
        bulkBytes = NO_BULK;
        return true;
    }

    private static char printable(byte octet) {
        return octet > ' ' && octet < 0x7f ? (char) octet : '?';
    }

    /** The number behind a header's first byte, which may be negative; {@link #INCOMPLETE} while the line is not there in full. */
    private long header(ByteBuf in, String tooLong, String malformed) throws Malformed {
        int length = lengthTo(in, (byte) '\r', tooLong);
        if (length < 0 || in.readableBytes() < length + LINE_END_BYTES) {
            return INCOMPLETE;
        }
        int start = in.readerIndex();
        if (in.getByte(start + length + 1) != '\n') {
            throw new Malformed(malformed);
        }
        boolean negative = length > 1 && in.getByte(start + 1) == '-';
        long number = digits(in, start + (negative ? 2 : 1), start + length);
        if (number == NO_NUMBER || (negative && number == 0)) {
            throw new Malformed(malformed);
        }
        in.skipBytes(length + LINE_END_BYTES);
        return negative ? -number : number;
    }

    /** A number without leading zeros, as Redis wants it; longer ones than any limit are none. */
    private static long digits(ByteBuf in, int start, int end) {
        if (start == end || end - start > MAX_NUMBER_DIGITS || (in.getByte(start) == '0' && end - start > 1)) {
            return NO_NUMBER;
        }
        long number = 0;
        for (int i = start; i < end; i++) {
            int digit = in.getByte(i) - '0';
            if (digit < 0 || digit > 9) {
                return NO_NUMBER;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    /** How many bytes are before the next {@code end}; -1 while there is none. Looks at no byte twice. */
    private int lengthTo(ByteBuf in, byte end, String tooLong) throws Malformed {
        int start = in.readerIndex();
        int found = in.indexOf(start + scannedBytes, in.writerIndex(), end);
        int length = found < 0 ? in.readableBytes() : found - start;
        if (length > MAX_LINE_BYTES) {
            throw new Malformed(tooLong);
        }
        scannedBytes = found < 0 ? length : 0;
        return found < 0 ? -1 : length;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        super.channelReadComplete(context);
        holdPart(context);
        if (isWithinRequest() && timedRequest != requests) {
            timedRequest = requests;
            partSinceNanos = System.nanoTime();
            if (!timerRuns) {
                timerRuns = true;
                startTimer(context, timeoutNanos);
            }
        }
    }

    /** Finds room for what has arrived of a request that has not arrived in full, or drops it. */
    private void holdPart(ChannelHandlerContext context) {
        long bytes = isWithinRequest() ? actualReadableBytes() + (words == null ? 0 : takenBytes) : 0;
        if (bytes <= heldBytes) {
            held.giveBack(heldBytes - bytes);
        } else if (bytes <= ConnectionBytes.FREE_BYTES) {
            held.takeAnyway(bytes - heldBytes);
        } else if (!held.take(bytes - heldBytes)) {
            held.giveBack(heldBytes);
            heldBytes = 0;
            drop(context);
            return;
        }
        heldBytes = bytes;
    }

    private void drop(ChannelHandlerContext context) {
        if (words == null) {
            ByteBuf line = internalBuffer();
            line.skipBytes(line.readableBytes());
            end(context, new ProtocolError("there is no room for so long a line now; try again", false));
            return;
        }
        dropping = true;
        words = new ArrayList<>();
        takenBytes = 0;
        ByteBuf rest = internalBuffer();
        int dropped = Math.min(Math.max(0, bulkBytes), rest.readableBytes());
        rest.skipBytes(dropped);
        bulkBytes -= dropped;
        if (!rest.isReadable() && dropped > 0) {
            // the memory too: the next bytes may be long in coming
            rest.clear().capacity(0);
        }
    }

    private boolean isWithinRequest() {
        return !ended && (words != null || actualReadableBytes() > 0);
    }

    private void startTimer(ChannelHandlerContext context, long delayNanos) {
        // a failure of look() closes the connection through exceptionCaught
        Object unused = context.executor().schedule(() -> look(context), delayNanos, TimeUnit.NANOSECONDS);
    }

    /** One timer serves all requests of a connection: most arrive at once. */
    private void look(ChannelHandlerContext context) {
        timerRuns = false;
        if (!context.channel().isActive() || !isWithinRequest() || timedRequest != requests) {
            return;
        }
        if (!context.channel().config().isAutoRead()) {
            // it is this end that does not read
            partSinceNanos = System.nanoTime();
        }
        long leftNanos = partSinceNanos + timeoutNanos - System.nanoTime();
        if (leftNanos > 0) {
            timerRuns = true;
            startTimer(context, leftNanos);
        } else {
            long millis = TimeUnit.NANOSECONDS.toMillis(timeoutNanos);
            end(context, new ProtocolError("request did not arrive within " + millis + " ms", true));
        }
    }
}
