package io.quorumark.endpoint.resp;

import io.quorumark.endpoint.Access;
import io.quorumark.raft.command.DecimalNumber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Commands about the server and the connection. */
final class ServerCommands {
    /** What benchmarks ask for, and what is true here: no snapshot schedule and no append-only file of Redis's kind. */
    private static final SortedMap<String, String> SETTINGS =
            new TreeMap<>(Map.of("save", "", "appendonly", "no", "databases", "1"));

    /** What {@code CONFIG GET} is asked for: each pattern is compiled and held against every setting. */
    private static final int MOST_SETTINGS_ASKED = 64;

    private static final int MOST_SETTINGS_BYTES = 4096;

    private static final Reply SYNTAX_ERROR = Reply.failure("ERR syntax error");

    private static final String BAD_NAME = "ERR Client names cannot contain spaces, newlines or special characters.";

    private static final byte[] DEFAULT_USER = "default".getBytes(StandardCharsets.US_ASCII);

    /** A password has at least one byte. */
    private static final byte[] NEVER_RIGHT = new byte[0];

    private final ServerInfo info;
    private final ScanCommands all;
    private final Set<String> names;
    private final Access access;

    /**
     * @param names of all commands; read only when asked
     * @param access who is let in
     */
    ServerCommands(ServerInfo info, ScanCommands all, Set<String> names, Access access) {
        this.access = access;
        this.info = info;
        this.all = all;
        this.names = names;
    }

    CompletableFuture<Reply> ping(Request request, ClientState client) {
        return RespCommands.answer(request.count() == 1 ? new Reply.Text("PONG") : new Reply.Bytes(request.word(1)));
    }

    CompletableFuture<Reply> echo(Request request, ClientState client) {
        return RespCommands.answer(new Reply.Bytes(request.word(1)));
    }

    CompletableFuture<Reply> hello(Request request, ClientState client) {
        int protocol = client.protocol();
        if (request.count() > 1) {
            if (!DecimalNumber.isNumber(ByteBuffer.wrap(request.word(1)))) {
                return error("ERR Protocol version is not an integer or out of range");
            }
            switch (RespCommands.text(request.word(1))) {
                case "2" -> protocol = 2;
                case "3" -> protocol = 3;
                default -> {
                    return error("NOPROTO unsupported protocol version, expected 2 or 3");
                }
            }
        }
        String name = client.name();
        for (int i = 2; i < request.count(); i++) {
            String option = word(request, i);
            if (option.equals("SETNAME") && i + 1 < request.count()) {
                name = RespCommands.text(request.word(++i));
            } else if (option.equals("AUTH") && i + 2 < request.count()) {
                Reply refusal = refusal(request.word(++i), request.word(++i), client);
                if (refusal != null) {
                    return RespCommands.answer(refusal);
                }
            } else {
                return error("ERR Syntax error in HELLO option " + RespCommands.shown(request.word(i)));
            }
        }
        if (!client.isAdmitted()) {
            Access.Refusal unused = access.refused(client.address(), Access.Refusal.NO_PASSWORD);
            return error("NOAUTH HELLO must be called with the client already authenticated,"
                    + " otherwise with AUTH <username> <password>");
        }
        if (!isName(name)) {
            return error(BAD_NAME);
        }
        client.choose(protocol);
        client.call(name);
        return RespCommands.answer(new Reply.Pairs(List.of(
                Reply.bytes("server"),
                Reply.bytes("quorumark"),
                Reply.bytes("version"),
                Reply.bytes(ServerInfo.REDIS_VERSION),
                Reply.bytes("proto"),
                new Reply.Int(client.protocol()),
                Reply.bytes("id"),
                new Reply.Int(client.id()),
                Reply.bytes("mode"),
                Reply.bytes("standalone"),
                Reply.bytes("role"),
                Reply.bytes("master"),
                Reply.bytes("modules"),
                new Reply.Items(List.of()))));
    }

    CompletableFuture<Reply> authenticate(Request request, ClientState client) {
        boolean named = request.count() == 3;
        byte[] user = named ? request.word(1) : DEFAULT_USER;
        Reply refusal = refusal(user, request.word(named ? 2 : 1), client);
        return RespCommands.answer(refusal == null ? Reply.OK : refusal);
    }

    /** Null if the client is let in from now on. There is one user, which has Redis's name for it. */
    private @Nullable Reply refusal(byte[] user, byte[] password, ClientState client) {
        if (!access.asksForPassword()) {
            return Reply.failure("ERR AUTH was called, but this endpoint asks for no password; set access.passwordFile"
                    + " in the member's configuration");
        }
        byte[] shown = Arrays.equals(user, DEFAULT_USER) ? password : NEVER_RIGHT;
        Access.Refusal refusal = client.isAdmitted()
                ? access.checkAgain(client.address(), shown)
                : access.check(client.address(), shown);
        if (refusal == null) {
            client.admit();
            return null;
        }
        return refusal == Access.Refusal.TOO_MANY_ATTEMPTS
                ? Reply.failure("ERR too many wrong passwords came from this address; try again in a second")
                : Reply.failure("WRONGPASS invalid username-password pair or user is disabled.");
    }

    CompletableFuture<Reply> select(Request request, ClientState client) {
        ByteBuffer text = ByteBuffer.wrap(request.word(1));
        if (!DecimalNumber.isNumber(text)) {
            return error("ERR value is not an integer or out of range");
        }
        long index = DecimalNumber.parse(text);
        if (index != (int) index) {
            return error(
                    "ERR value is out of range, value must between " + Integer.MIN_VALUE + " and " + Integer.MAX_VALUE);
        }
        return index == 0
                ? RespCommands.answer(Reply.OK)
                : error("ERR DB index is out of range: there is database 0 only");
    }

    CompletableFuture<Reply> client(Request request, ClientState client) {
        String subcommand = word(request, 1);
        int words = switch (subcommand) {
            case "GETNAME", "ID" -> 2;
            case "SETNAME", "NO-EVICT", "NO-TOUCH" -> 3;
            case "SETINFO" -> 4;
            default -> 0;
        };
        if (words == 0) {
            return unknown("CLIENT", request);
        }
        if (request.count() != words) {
            return wrongCount("client|" + subcommand.toLowerCase(Locale.ROOT));
        }
        return switch (subcommand) {
            case "SETNAME" -> setName(client, RespCommands.text(request.word(2)));
            case "SETINFO" -> setInfo(request);
            case "NO-EVICT", "NO-TOUCH" -> RespCommands.answer(isSwitch(word(request, 2)) ? Reply.OK : SYNTAX_ERROR);
            case "GETNAME" -> RespCommands.answer(client.name().isEmpty() ? Reply.NOTHING : Reply.bytes(client.name()));
            case "ID" -> RespCommands.answer(new Reply.Int(client.id()));
            default -> throw new IllegalStateException("CLIENT " + subcommand + " has words and no answer");
        };
    }

    private static boolean isSwitch(String word) {
        return word.equals("ON") || word.equals("OFF");
    }

    /** Taken as Redis takes it, and not kept. */
    private static CompletableFuture<Reply> setInfo(Request request) {
        String attribute = word(request, 2);
        if (!attribute.equals("LIB-NAME") && !attribute.equals("LIB-VER")) {
            return error("ERR Unrecognized option " + RespCommands.shown(request.word(2)));
        }
        return isName(RespCommands.text(request.word(3)))
                ? RespCommands.answer(Reply.OK)
                : error("ERR " + attribute.toLowerCase(Locale.ROOT)
                        + " cannot contain spaces, newlines or special characters.");
    }

    private static CompletableFuture<Reply> setName(ClientState client, String name) {
        if (!isName(name)) {
            return error(BAD_NAME);
        }
        client.call(name);
        return RespCommands.answer(Reply.OK);
    }

    /** Printable, without spaces; an empty one takes a name away. */
    private static boolean isName(String name) {
        return name.chars().allMatch(letter -> letter >= '!' && letter <= '~');
    }

    CompletableFuture<Reply> config(Request request, ClientState client) {
        if (!word(request, 1).equals("GET")) {
            return unknown("CONFIG", request);
        }
        if (request.count() == 2) {
            return wrongCount("config|get");
        }
        List<byte[]> patterns = request.words().subList(2, request.count());
        long bytes = patterns.stream().mapToLong(pattern -> pattern.length).sum();
        if (patterns.size() > MOST_SETTINGS_ASKED || bytes > MOST_SETTINGS_BYTES) {
            return error("ERR CONFIG GET has " + patterns.size() + " patterns of " + bytes
                    + " bytes together, expected at most " + MOST_SETTINGS_ASKED + " and " + MOST_SETTINGS_BYTES
                    + " bytes");
        }
        Map<String, String> found = new LinkedHashMap<>();
        for (byte[] asked : patterns) {
            Glob glob = ofAnyCase(asked);
            SETTINGS.forEach((name, value) -> {
                if (matches(glob, name)) {
                    found.put(name, value);
                }
            });
        }
        List<Reply> pairs = new ArrayList<>();
        found.forEach((name, value) -> {
            pairs.add(Reply.bytes(name));
            pairs.add(Reply.bytes(value));
        });
        return RespCommands.answer(new Reply.Pairs(pairs));
    }

    /** For names in small letters. */
    private static Glob ofAnyCase(byte[] pattern) {
        return new Glob(RespCommands.text(pattern).toLowerCase(Locale.ROOT).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static boolean matches(Glob glob, String name) {
        return glob.matches(name.getBytes(StandardCharsets.US_ASCII));
    }

    CompletableFuture<Reply> command(Request request, ClientState client) {
        if (request.count() == 1) {
            List<Reply> all = new ArrayList<>();
            names.forEach(name -> all.add(new Reply.Items(List.of(Reply.bytes(name.toLowerCase(Locale.ROOT))))));
            return RespCommands.answer(new Reply.Items(all));
        }
        String subcommand = word(request, 1);
        if (subcommand.equals("COUNT") && request.count() > 2) {
            return wrongCount("command|count");
        }
        return switch (subcommand) {
            case "COUNT" -> RespCommands.answer(new Reply.Int(names.size()));
            case "DOCS" -> RespCommands.answer(new Reply.Pairs(List.of()));
            case "LIST" -> commandList(request);
            default -> unknown("COMMAND", request);
        };
    }

    private CompletableFuture<Reply> commandList(Request request) {
        if (request.count() == 2) {
            return listed(name -> true);
        }
        if (request.count() != 5 || !word(request, 2).equals("FILTERBY")) {
            return RespCommands.answer(SYNTAX_ERROR);
        }
        return switch (word(request, 3)) {
            case "PATTERN" -> {
                Glob glob = ofAnyCase(request.word(4));
                yield listed(name -> matches(glob, name));
            }
            // there are no modules, so no command is of one
            case "MODULE" -> listed(name -> false);
            case "ACLCAT" -> error("ERR COMMAND LIST filter 'ACLCAT' is not supported: PATTERN and MODULE are");
            default -> RespCommands.answer(SYNTAX_ERROR);
        };
    }

    private CompletableFuture<Reply> listed(Predicate<String> wanted) {
        return RespCommands.answer(new Reply.Items(names.stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(wanted)
                .map(Reply::bytes)
                .toList()));
    }

    CompletableFuture<Reply> info(Request request, ClientState client) {
        Set<ServerInfo.Section> sections = ServerInfo.sections(request);
        CompletableFuture<Long> keys =
                sections.contains(ServerInfo.Section.KEYSPACE) ? all.count() : CompletableFuture.completedFuture(0L);
        return keys.thenApply(count -> Reply.bytes(info.text(sections, count)));
    }

    CompletableFuture<Reply> quit(Request request, ClientState client) {
        return RespCommands.answer(Reply.OK);
    }

    private static String word(Request request, int index) {
        return RespCommands.text(request.word(index)).toUpperCase(Locale.ROOT);
    }

    private static CompletableFuture<Reply> error(String line) {
        return RespCommands.answer(Reply.failure(line));
    }

    private static CompletableFuture<Reply> wrongCount(String command) {
        return error("ERR wrong number of arguments for '" + command + "' command");
    }

    private static CompletableFuture<Reply> unknown(String command, Request request) {
        return error("ERR unknown subcommand " + RespCommands.shown(request.word(1)) + " of " + command);
    }
}
