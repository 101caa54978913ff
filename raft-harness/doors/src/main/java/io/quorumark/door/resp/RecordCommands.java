package io.quorumark.door.resp;

import io.quorumark.door.Records;
import io.quorumark.raft.ReadConsistency;
import io.quorumark.raft.command.CommandBatch;
import io.quorumark.raft.command.CommandEncoder;
import io.quorumark.raft.command.WriteResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Commands on named records. */
final class RecordCommands {
    /** A client of a follower loses most races against one of the leader, and is not to be told so for every burst. */
    private static final int MOST_ATTEMPTS = 500;

    private final Records records;
    private final ReadConsistency reads;

    RecordCommands(Records records, ReadConsistency reads) {
        this.records = records;
        this.reads = reads;
    }

    CompletableFuture<Reply> get(Request request, ClientState client) {
        return records.get(reads, request.word(1)).thenApply(Reply.Bytes::new);
    }

    CompletableFuture<Reply> length(Request request, ClientState client) {
        return records.get(reads, request.word(1)).thenApply(value -> new Reply.Int(value == null ? 0 : value.length));
    }

    CompletableFuture<Reply> exists(Request request, ClientState client) {
        return records.getAll(reads, request.words().subList(1, request.count()))
                .thenApply(values -> new Reply.Int(
                        values.stream().filter(value -> value != null).count()));
    }

    CompletableFuture<Reply> getMany(Request request, ClientState client) {
        return records.getAll(reads, request.words().subList(1, request.count()))
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
        String option = Commands.text(request.word(3)).toUpperCase(Locale.ROOT);
        switch (option) {
            case "NX", "XX" -> {
                if (request.count() > 4) {
                    return unsupported(Commands.text(request.word(4)));
                }
                return setIf(option.equals("XX"), key, value)
                        .thenApply(result -> result == WriteResult.APPLIED ? Reply.OK : Reply.NOTHING);
            }
            default -> {
                return unsupported(option);
            }
        }
    }

    private static CompletableFuture<Reply> unsupported(String option) {
        return Commands.answer(Reply.failure("ERR SET option '" + option
                + "' is not supported: NX or XX are, one of them; values do not expire here"));
    }

    CompletableFuture<Reply> setIfAbsent(Request request, ClientState client) {
        return setIf(false, request.word(1), request.word(2)).thenApply(RecordCommands::oneIfApplied);
    }

    private CompletableFuture<WriteResult> setIf(boolean present, byte[] key, byte[] value) {
        return records.write(CommandEncoder.batch()
                .require(present, key, key.length)
                .put(key, key.length, value, value.length)
                .toCommand());
    }

    private static Reply oneIfApplied(WriteResult result) {
        return new Reply.Int(result == WriteResult.APPLIED ? 1 : 0);
    }

    /** All or none. */
    CompletableFuture<Reply> setMany(Request request, ClientState client) {
        CommandBatch batch = CommandEncoder.batch();
        for (int i = 1; i < request.count(); i += 2) {
            byte[] key = request.word(i);
            byte[] value = request.word(i + 1);
            batch.put(key, key.length, value, value.length);
        }
        return records.write(batch.toCommand()).thenApply(result -> Reply.OK);
    }

    /** Each key by a command of its own, which tells whether it was there. */
    CompletableFuture<Reply> delete(Request request, ClientState client) {
        List<byte[]> commands = new ArrayList<>();
        for (byte[] key : request.words().subList(1, request.count())) {
            commands.add(CommandEncoder.batch()
                    .require(true, key, key.length)
                    .delete(key, key.length)
                    .toCommand());
        }
        CompletableFuture<Long> deleted = CompletableFuture.completedFuture(0L);
        for (byte[] command : commands) {
            deleted = deleted.thenCombine(
                    records.write(command), (sum, result) -> sum + (result == WriteResult.APPLIED ? 1 : 0));
        }
        return deleted.thenApply(Reply.Int::new);
    }

    /** INCR, DECR, INCRBY, DECRBY. */
    CompletableFuture<Reply> increment(Request request, ClientState client) {
        long by = request.count() == 3 ? number(request.word(2)) : 1;
        if (request.name().startsWith("DECR")) {
            by = Math.negateExact(by);
        }
        return increment(request.word(1), by, MOST_ATTEMPTS);
    }

    private CompletableFuture<Reply> increment(byte[] key, long by, int attemptsLeft) {
        return records.get(ReadConsistency.LINEARIZABLE, key).thenCompose(current -> {
            long next;
            try {
                next = Math.addExact(current == null ? 0 : number(current), by);
            } catch (ArithmeticException e) {
                return Commands.answer(Reply.failure("ERR increment or decrement would overflow"));
            }
            byte[] value = Long.toString(next).getBytes(StandardCharsets.US_ASCII);
            CommandBatch batch = CommandEncoder.batch();
            if (current == null) {
                batch.require(false, key, key.length);
            } else {
                batch.requireEqual(key, key.length, current, current.length);
            }
            byte[] command = batch.put(key, key.length, value, value.length).toCommand();
            return records.write(command).thenCompose(result -> {
                if (result == WriteResult.APPLIED) {
                    return Commands.answer(new Reply.Int(next));
                }
                return attemptsLeft > 1
                        ? increment(key, by, attemptsLeft - 1)
                        : Commands.answer(Reply.failure(
                                "TRYAGAIN others changed the record " + MOST_ATTEMPTS + " times in a row"));
            });
        });
    }

    private static long number(byte[] word) {
        String text = Commands.text(word);
        boolean plain = text.matches("0|-?[1-9][0-9]{0,18}");
        try {
            if (plain) {
                return Long.parseLong(text);
            }
        } catch (NumberFormatException e) {
            throw notANumber(e);
        }
        throw notANumber(null);
    }

    private static IllegalArgumentException notANumber(@Nullable Exception cause) {
        return new IllegalArgumentException("value is not an integer or out of range", cause);
    }
}
