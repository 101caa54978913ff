package io.quorumark.door.resp;

import io.quorumark.raft.LogBounds;
import io.quorumark.raft.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Commands about the server and the connection. */
final class ServerCommands {
    /** What clients look at before they choose a way to talk: the first version that had everything answered here. */
    private static final String REDIS_VERSION = "7.0.0";

    /** What benchmarks ask for, and what is true here: no snapshot schedule and no append-only file of Redis's kind. */
    private static final Map<String, String> SETTINGS = Map.of("save", "", "appendonly", "no", "databases", "1");

    private final Member member;
    private final Set<String> names;

    /** @param names of all commands; read only when asked */
    ServerCommands(Member member, Set<String> names) {
        this.member = member;
        this.names = names;
    }

    CompletableFuture<Reply> ping(Request request, ClientState client) {
        return Commands.answer(request.count() == 1 ? new Reply.Text("PONG") : new Reply.Bytes(request.word(1)));
    }

    CompletableFuture<Reply> echo(Request request, ClientState client) {
        return Commands.answer(new Reply.Bytes(request.word(1)));
    }

    CompletableFuture<Reply> hello(Request request, ClientState client) {
        for (int i = 2; i < request.count(); i++) {
            String option = word(request, i);
            if (option.equals("SETNAME") && i + 1 < request.count()) {
                client.call(Commands.text(request.word(++i)));
            } else if (option.equals("AUTH")) {
                return Commands.answer(Reply.failure("ERR AUTH is not supported: this door asks for no password"));
            } else {
                return Commands.answer(Reply.failure("ERR syntax error in HELLO option '" + option + "'"));
            }
        }
        if (request.count() > 1) {
            switch (Commands.text(request.word(1))) {
                case "2" -> client.choose(2);
                case "3" -> client.choose(3);
                default -> {
                    return Commands.answer(Reply.failure("NOPROTO unsupported protocol version, expected 2 or 3"));
                }
            }
        }
        return Commands.answer(new Reply.Pairs(List.of(
                Reply.bytes("server"),
                Reply.bytes("quorumark"),
                Reply.bytes("version"),
                Reply.bytes(REDIS_VERSION),
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

    CompletableFuture<Reply> select(Request request, ClientState client) {
        return Commands.answer(
                Commands.text(request.word(1)).equals("0")
                        ? Reply.OK
                        : Reply.failure("ERR DB index is out of range: there is database 0 only"));
    }

    CompletableFuture<Reply> client(Request request, ClientState client) {
        switch (word(request, 1)) {
            case "SETNAME" -> {
                if (request.count() != 3) {
                    return wrongCount("client|setname");
                }
                client.call(Commands.text(request.word(2)));
                return Commands.answer(Reply.OK);
            }
            case "GETNAME" -> {
                return Commands.answer(client.name().isEmpty() ? Reply.NOTHING : Reply.bytes(client.name()));
            }
            case "ID" -> {
                return Commands.answer(new Reply.Int(client.id()));
            }
            case "SETINFO", "NO-EVICT", "NO-TOUCH" -> {
                return Commands.answer(Reply.OK);
            }
            default -> {
                return unknown("CLIENT", word(request, 1));
            }
        }
    }

    CompletableFuture<Reply> config(Request request, ClientState client) {
        if (!word(request, 1).equals("GET")) {
            return unknown("CONFIG", word(request, 1));
        }
        List<Reply> found = new ArrayList<>();
        for (int i = 2; i < request.count(); i++) {
            String name = Commands.text(request.word(i)).toLowerCase(Locale.ROOT);
            String value = SETTINGS.get(name);
            if (value != null) {
                found.add(Reply.bytes(name));
                found.add(Reply.bytes(value));
            }
        }
        return Commands.answer(new Reply.Pairs(found));
    }

    CompletableFuture<Reply> command(Request request, ClientState client) {
        if (request.count() == 1) {
            List<Reply> all = new ArrayList<>();
            names.forEach(name -> all.add(new Reply.Items(List.of(Reply.bytes(name.toLowerCase(Locale.ROOT))))));
            return Commands.answer(new Reply.Items(all));
        }
        return switch (word(request, 1)) {
            case "COUNT" -> Commands.answer(new Reply.Int(names.size()));
            case "DOCS" -> Commands.answer(new Reply.Pairs(List.of()));
            case "LIST" ->
                Commands.answer(new Reply.Items(names.stream()
                        .map(name -> Reply.bytes(name.toLowerCase(Locale.ROOT)))
                        .toList()));
            default -> unknown("COMMAND", word(request, 1));
        };
    }

    CompletableFuture<Reply> info(Request request, ClientState client) {
        LogBounds log = member.logBounds();
        return Commands.answer(Reply.bytes(String.join(
                "\r\n",
                "# Server",
                "redis_version:" + REDIS_VERSION,
                "redis_mode:standalone",
                "quorumark_member:" + member.id(),
                "quorumark_leader:" + member.leaderId(),
                "quorumark_term:" + member.term(),
                "quorumark_applied_index:" + member.lastAppliedIndex(),
                "quorumark_first_log_index:" + log.firstIndex(),
                "quorumark_last_log_index:" + log.lastIndex(),
                "# Replication",
                // every member takes writes, those that do not lead by sending them on
                "role:master",
                "")));
    }

    CompletableFuture<Reply> quit(Request request, ClientState client) {
        return Commands.answer(Reply.OK);
    }

    private static String word(Request request, int index) {
        return Commands.text(request.word(index)).toUpperCase(Locale.ROOT);
    }

    private static CompletableFuture<Reply> wrongCount(String command) {
        return Commands.answer(Reply.failure("ERR wrong number of arguments for '" + command + "' command"));
    }

    private static CompletableFuture<Reply> unknown(String command, String subcommand) {
        return Commands.answer(Reply.failure("ERR unknown subcommand '" + subcommand + "' of " + command));
    }
}
