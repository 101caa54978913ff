package io.quorumark.endpoint.resp;

import io.quorumark.endpoint.Records;
import io.quorumark.endpoint.ReplyRoom;
import io.quorumark.raft.ReadConsistency;
import io.quorumark.raft.command.CommandBatch;
import io.quorumark.raft.command.CommandEncoder;
import io.quorumark.raft.command.DecimalNumber;
import io.quorumark.raft.command.WriteResult;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Commands on named records. */
final class RecordCommands {
    private static final String NOT_AN_INTEGER = "value is not an integer or out of range";
    private static final Reply SYNTAX_ERROR = Reply.failure("ERR syntax error");

    private final Records records;
    private final ReadConsistency reads;

    RecordCommands(Records records, ReadConsistency reads) {
        this.records = records;
        this.reads = reads;
    }

    CompletableFuture<Reply> get(Request request, ReplyRoom room) {
        return records.get(reads, request.word(1), room).thenApply(Reply.Bytes::new);
    }

    CompletableFuture<Reply> length(Request request, ClientState client) {
        return records.length(reads, request.word(1)).thenApply(length -> new Reply.Int(Math.max(0, length)));
    }

    CompletableFuture<Reply> exists(Request request, ClientState client) {
        return records.countOf(reads, request.words().subList(1, request.count()))
                .thenApply(Reply.Int::new);
    }

    CompletableFuture<Reply> getMany(Request request, ReplyRoom room) {
        return records.getAll(reads, request.words().subList(1, request.count()), room)
                .thenApply(values -> {
                    List<Reply> items = new ArrayList<>();
                    for (byte @Nullable [] value : values) {
                        items.add(new Reply.Bytes(value));
                    }
                    return new Reply.Items(items);
                });
    }

    CompletableFuture<Reply> set(Request request, ClientState client) {
        byte[] key = request.word(1);
        byte[] value = request.word(2);
        if (request.count() == 3) {
            return records.write(CommandEncoder.put(key, key.length, value, value.length))
                    .thenApply(result -> Reply.OK);
        }
        boolean ifAbsent = false;
        boolean ifPresent = false;
        boolean get = false;
        for (int i = 3; i < request.count(); i++) {
            String option = RespCommands.text(request.word(i)).toUpperCase(Locale.ROOT);
            switch (option) {
                case "NX" -> ifAbsent = true;
                case "XX" -> ifPresent = true;
                case "GET" -> get = true;
                case "EX", "PX", "EXAT", "PXAT", "KEEPTTL" -> {
                    return RespCommands.answer(Reply.failure("ERR SET option '" + option
                            + "' is not supported: NX, XX and GET are; values do not expire here"));
                }
                default -> {
                    return RespCommands.answer(SYNTAX_ERROR);
                }
            }
        }
        if (ifAbsent && ifPresent) {
            return RespCommands.answer(SYNTAX_ERROR);
        }
        CommandBatch batch = CommandEncoder.batch();
        if (get) {
            batch.read(key, key.length);
        }
        if (ifAbsent || ifPresent) {
            batch.require(ifPresent, key, key.length);
        }
        byte[] command = batch.put(key, key.length, value, value.length).toCommand();
        return get
                ? records.write(command).thenApply(RecordCommands::previous)
                : records.write(command).thenApply(result -> result.isApplied() ? Reply.OK : Reply.NOTHING);
    }

    private static Reply previous(WriteResult result) {
        return new Reply.Bytes(result.previous());
    }

    CompletableFuture<Reply> getAndSet(Request request, ClientState client) {
        byte[] key = request.word(1);
        byte[] value = request.word(2);
        return records.write(CommandEncoder.batch()
                        .read(key, key.length)
                        .put(key, key.length, value, value.length)
                        .toCommand())
                .thenApply(RecordCommands::previous);
    }

    CompletableFuture<Reply> getAndDelete(Request request, ClientState client) {
        byte[] key = request.word(1);
        return records.write(CommandEncoder.batch()
                        .read(key, key.length)
                        .delete(key, key.length)
                        .toCommand())
                .thenApply(RecordCommands::previous);
    }

    /** All or none. */
    CompletableFuture<Reply> setMany(Request request, ClientState client) {
        return records.write(puts(CommandEncoder.batch(), request)).thenApply(result -> Reply.OK);
    }

    /** SETNX, MSETNX: all, or none if one of them is there. */
    CompletableFuture<Reply> setIfAbsent(Request request, ClientState client) {
        CommandBatch batch = CommandEncoder.batch();
        for (int i = 1; i < request.count(); i += 2) {
            byte[] key = request.word(i);
            batch.require(false, key, key.length);
        }
        return records.write(puts(batch, request)).thenApply(result -> new Reply.Int(result.isApplied() ? 1 : 0));
    }

    private static byte[] puts(CommandBatch batch, Request request) {
        for (int i = 1; i < request.count(); i += 2) {
            byte[] key = request.word(i);
            byte[] value = request.word(i + 1);
            batch.put(key, key.length, value, value.length);
        }
        return batch.toCommand();
    }

    /** All at one moment; tells how many were there. */
    CompletableFuture<Reply> delete(Request request, ClientState client) {
        CommandBatch batch = CommandEncoder.batch();
        for (byte[] key : request.words().subList(1, request.count())) {
            batch.remove(key, key.length);
        }
        return records.write(batch.toCommand()).thenApply(result -> new Reply.Int(result.number()));
    }

    /** INCR, DECR, INCRBY, DECRBY. */
    CompletableFuture<Reply> increment(Request request, ClientState client) {
        long by = request.count() == 3 ? number(request.word(2)) : 1;
        if (request.name().startsWith("DECR")) {
            if (by == Long.MIN_VALUE) {
                return RespCommands.answer(Reply.failure("ERR decrement would overflow"));
            }
            by = -by;
        }
        byte[] key = request.word(1);
        return records.write(CommandEncoder.add(key, key.length, by)).thenApply(RecordCommands::sum);
    }

    private static Reply sum(WriteResult result) {
        return switch (result.outcome()) {
            case APPLIED -> new Reply.Int(result.number());
            case NOT_A_NUMBER -> Reply.failure("ERR " + NOT_AN_INTEGER);
            case OVERFLOW -> Reply.failure("ERR increment or decrement would overflow");
            case CONFLICT -> throw new IllegalStateException("an addition has no condition");
        };
    }

    private static long number(byte[] word) {
        ByteBuffer text = ByteBuffer.wrap(word);
        if (!DecimalNumber.isNumber(text)) {
            throw new IllegalArgumentException(NOT_AN_INTEGER);
        }
        return DecimalNumber.parse(text);
    }
}
