package io.quorumark.endpoint.resp;

import io.quorumark.endpoint.Access;
import io.quorumark.endpoint.EndpointConfig;
import io.quorumark.endpoint.Records;
import io.quorumark.endpoint.ReplyRoom;
import io.quorumark.endpoint.resp.Request.Use;
import io.quorumark.engine.Limits;
import io.quorumark.raft.Member;
import io.quorumark.raft.ReadConsistency;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** The commands that this endpoint knows: which keys each touches, how many words it has, and what runs it. Thread-safe. */
final class RespCommands implements AutoCloseable {
    private static final int MOST_SHOWN = 128;

    /** What a client may call before it has shown the password. */
    private static final Set<String> OPEN_TO_STRANGERS = Set.of("AUTH", "HELLO", "QUIT");

    private final Map<String, Command> byName = new TreeMap<>();
    private final RespStatistics statistics;
    private final Access access;
    private final ScanCommands onAll;

    /** Runs one request; the future never ends with what the client should not see. */
    @FunctionalInterface
    interface Run {
        CompletableFuture<Reply> run(Request request, ClientState client);
    }

    /** Reads values; ends with {@link Records.NoRoom} if there is no room for them. */
    @FunctionalInterface
    interface ReadValues {
        CompletableFuture<Reply> run(Request request, ReplyRoom room);
    }

    private interface RunWithRoom {
        CompletableFuture<Reply> run(Request request, ClientState client, ReplyRoom room);
    }

    /** Where a command's keys are. */
    private enum Keys {
        NONE,
        FIRST,
        EVERY,
        EVERY_SECOND
    }

    /**
     * @param minWords the name included
     * @param maxWords the name included
     */
    private record Command(Use use, Keys keys, int minWords, int maxWords, RunWithRoom run) {
        boolean accepts(int words) {
            boolean paired = keys != Keys.EVERY_SECOND || words % 2 == 1;
            return words >= minWords && words <= maxWords && paired;
        }
    }

    RespCommands(Member member, EndpointConfig config, RespStatistics statistics) {
        this.statistics = statistics;
        this.access = config.access();
        ReadConsistency reads = config.reads();
        Records records = new Records(member);
        RecordCommands onRecords = new RecordCommands(records, reads);
        this.onAll = new ScanCommands(records, reads);
        ServerCommands server =
                new ServerCommands(new ServerInfo(member, config, statistics), onAll, byName.keySet(), access);
        int many = Integer.MAX_VALUE;
        addRead("GET", Keys.FIRST, 2, onRecords::get);
        add("STRLEN", Use.READ, Keys.FIRST, 2, 2, onRecords::length);
        add("EXISTS", Use.READ, Keys.EVERY, 2, many, onRecords::exists);
        addRead("MGET", Keys.EVERY, many, onRecords::getMany);
        add("SET", Use.WRITE, Keys.FIRST, 3, many, onRecords::set);
        add("SETNX", Use.WRITE, Keys.FIRST, 3, 3, onRecords::setIfAbsent);
        add("GETSET", Use.WRITE, Keys.FIRST, 3, 3, onRecords::getAndSet);
        add("GETDEL", Use.WRITE, Keys.FIRST, 2, 2, onRecords::getAndDelete);
        add("MSET", Use.WRITE, Keys.EVERY_SECOND, 3, many, onRecords::setMany);
        add("MSETNX", Use.WRITE, Keys.EVERY_SECOND, 3, many, onRecords::setIfAbsent);
        add("DEL", Use.WRITE, Keys.EVERY, 2, many, onRecords::delete);
        add("UNLINK", Use.WRITE, Keys.EVERY, 2, many, onRecords::delete);
        add("INCR", Use.WRITE, Keys.FIRST, 2, 2, onRecords::increment);
        add("DECR", Use.WRITE, Keys.FIRST, 2, 2, onRecords::increment);
        add("INCRBY", Use.WRITE, Keys.FIRST, 3, 3, onRecords::increment);
        add("DECRBY", Use.WRITE, Keys.FIRST, 3, 3, onRecords::increment);
        add("SCAN", Use.ALL, Keys.NONE, 2, many, onAll::scan);
        add("DBSIZE", Use.ALL, Keys.NONE, 1, 1, onAll::size);
        add("PING", Use.NOTHING, Keys.NONE, 1, 2, server::ping);
        add("ECHO", Use.NOTHING, Keys.NONE, 2, 2, server::echo);
        add("AUTH", Use.ALL, Keys.NONE, 2, 3, server::authenticate);
        add("HELLO", Use.ALL, Keys.NONE, 1, many, server::hello);
        add("SELECT", Use.NOTHING, Keys.NONE, 2, 2, server::select);
        add("CLIENT", Use.NOTHING, Keys.NONE, 2, many, server::client);
        add("CONFIG", Use.NOTHING, Keys.NONE, 2, many, server::config);
        add("COMMAND", Use.NOTHING, Keys.NONE, 1, many, server::command);
        add("INFO", Use.ALL, Keys.NONE, 1, many, server::info);
        add("QUIT", Use.ALL, Keys.NONE, 1, many, server::quit);
    }

    private void add(String name, Use use, Keys keys, int minWords, int maxWords, Run run) {
        add(name, new Command(use, keys, minWords, maxWords, (request, client, room) -> run.run(request, client)));
    }

    private void addRead(String name, Keys keys, int maxWords, ReadValues run) {
        add(name, new Command(Use.READ, keys, 2, maxWords, (request, client, room) -> run.run(request, room)));
    }

    private void add(String name, Command command) {
        statistics.know(name);
        byName.put(name, command);
    }

    /** Names the command and finds the keys it touches, as often as they are named; a malformed one touches none. */
    Request parse(List<byte[]> words) {
        String name = text(words.get(0)).toUpperCase(Locale.ROOT);
        Command command = byName.get(name);
        if (command == null || !command.accepts(words.size())) {
            return new Request(name, words, Use.NOTHING, List.of());
        }
        return new Request(name, words, command.use, keys(command.keys, words));
    }

    private static List<ByteBuffer> keys(Keys positions, List<byte[]> words) {
        List<ByteBuffer> keys = new ArrayList<>();
        int last = positions == Keys.NONE ? 0 : positions == Keys.FIRST ? 1 : words.size() - 1;
        int step = positions == Keys.EVERY_SECOND ? 2 : 1;
        for (int i = 1; i <= last; i += step) {
            keys.add(ByteBuffer.wrap(words.get(i)));
        }
        return keys;
    }

    /** Whether a client means to send nothing behind it. */
    static boolean isLast(Request request) {
        return request.name().equals("QUIT");
    }

    /**
     * The longest value that a write may be answered with: what was there before. Once the write is in the log there must be room for it.
     */
    static long maxPreviousBytes(Request request) {
        return switch (request.name()) {
            case "GETSET", "GETDEL" -> Limits.PORTABLE_MAX_VALUE_BYTES;
            case "SET" -> givesBack(request.words()) ? Limits.PORTABLE_MAX_VALUE_BYTES : 0;
            default -> 0;
        };
    }

    /** Whether one of the options of {@code SET} is {@code GET}. */
    private static boolean givesBack(List<byte[]> words) {
        return words.stream()
                .skip(3)
                .anyMatch(option -> option.length == 3 && text(option).equalsIgnoreCase("GET"));
    }

    /**
     * Runs one request. Ends with {@link Records.NoRoom} if there is no room for the values that it reads; otherwise with a reply, or with
     * what {@link Failures} makes one of.
     */
    CompletableFuture<Reply> run(Request request, ClientState client, ReplyRoom room) {
        if (!client.isAdmitted() && !OPEN_TO_STRANGERS.contains(request.name())) {
            Access.Refusal unused = access.refused(client.address(), Access.Refusal.NO_PASSWORD);
            return answer(Reply.failure("NOAUTH Authentication required."));
        }
        Command command = byName.get(request.name());
        if (command == null) {
            return answer(Reply.failure("ERR unknown command " + quoted(request)));
        }
        if (!command.accepts(request.count())) {
            return answer(Reply.failure(
                    "ERR wrong number of arguments for '" + request.name().toLowerCase(Locale.ROOT) + "' command"));
        }
        try {
            checkKeys(request);
            return command.run.run(request, client, room);
        } catch (RuntimeException | Error e) {
            return answer(Failures.reply(e));
        }
    }

    /** Reads as well as writes: no record can have such a key. */
    private static void checkKeys(Request request) {
        for (ByteBuffer key : request.keys()) {
            if (!key.hasRemaining() || key.remaining() > Limits.PORTABLE_MAX_KEY_BYTES) {
                throw new IllegalArgumentException(
                        "key has " + key.remaining() + " bytes, expected 1 to " + Limits.PORTABLE_MAX_KEY_BYTES);
            }
        }
    }

    /** As Redis says it: the name, and the beginning of what follows. */
    private static String quoted(Request request) {
        StringBuilder said = new StringBuilder(shown(request.word(0))).append(", with args beginning with: ");
        for (int i = 1; i < request.count() && said.length() < MOST_SHOWN; i++) {
            said.append(shown(request.word(i))).append(' ');
        }
        return said.toString();
    }

    /** A word in quotes, as far as it is printable and short. */
    static String shown(byte[] word) {
        String printable = text(word.length > MOST_SHOWN ? Arrays.copyOf(word, MOST_SHOWN) : word)
                .replaceAll("[^\\x20-\\x7e]", "?");
        return "'" + printable + "'";
    }

    static String text(byte[] word) {
        return new String(word, StandardCharsets.ISO_8859_1);
    }

    static CompletableFuture<Reply> answer(Reply reply) {
        return CompletableFuture.completedFuture(reply);
    }

    /** After the connections. */
    @Override
    public void close() {
        onAll.close();
    }
}
