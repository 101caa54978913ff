package io.quorumark.door.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.quorumark.raft.LogBounds;
import io.quorumark.raft.Member;
import io.quorumark.raft.Membership;
import io.quorumark.raft.ReadConsistency;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Which request is answered by what (docs/doors.md). Thread-safe. */
final class Routes {
    private static final String KV = "/kv";
    private static final String MEMBERS = "/members";

    private final Member member;
    private final RecordRoutes records;
    private final Metrics metrics;

    Routes(Member member, ReadConsistency reads, Metrics metrics) {
        this.member = member;
        this.records = new RecordRoutes(member, reads);
        this.metrics = metrics;
    }

    /**
     * One request.
     *
     * @param target path and query as sent
     * @param ifNoneMatch that header, or empty
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record HttpRequest(String method, String target, String ifNoneMatch, byte[] body) {
        String path() {
            int query = target.indexOf('?');
            return query < 0 ? target : target.substring(0, query);
        }

        /** @throws IllegalArgumentException the query is malformed */
        String query(String name, String otherwise) {
            Map<String, List<String>> query = new QueryStringDecoder(target, StandardCharsets.UTF_8).parameters();
            List<String> values = query.get(name);
            return values == null ? otherwise : values.get(0);
        }
    }

    CompletableFuture<Answer> handle(HttpRequest request) {
        try {
            return route(request, request.path());
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(Answer.failure(e));
        }
    }

    private CompletableFuture<Answer> route(HttpRequest request, String path) {
        if (path.equals(KV)) {
            return allow(request, "GET") ? records.list(request) : refused("GET");
        }
        if (path.startsWith(KV + "/")) {
            return switch (request.method()) {
                case "GET" -> records.get(request, key(path));
                case "PUT" -> records.put(request, key(path));
                case "DELETE" -> records.delete(key(path));
                default -> refused("GET, PUT, DELETE");
            };
        }
        if (path.startsWith(MEMBERS + "/")) {
            return change(request, PercentCoding.text(path.substring(MEMBERS.length() + 1)));
        }
        return switch (path) {
            case MEMBERS -> allow(request, "GET") ? now(members()) : refused("GET");
            case "/status" -> allow(request, "GET") ? now(status()) : refused("GET");
            case "/health" -> allow(request, "GET") ? now(health()) : refused("GET");
            case "/metrics" -> allow(request, "GET") ? now(metrics.scrape()) : refused("GET");
            default ->
                now(Answer.error(
                        HttpResponseStatus.NOT_FOUND,
                        "no such path '" + path
                                + "', expected /kv, /kv/{key}, /members, /members/{id}, /status, /health or /metrics"));
        };
    }

    private static byte[] key(String path) {
        return PercentCoding.bytes(path.substring(KV.length() + 1));
    }

    private static boolean allow(HttpRequest request, String method) {
        return request.method().equals(method);
    }

    private static CompletableFuture<Answer> now(Answer answer) {
        return CompletableFuture.completedFuture(answer);
    }

    private static CompletableFuture<Answer> refused(String allowed) {
        return now(Answer.error(HttpResponseStatus.METHOD_NOT_ALLOWED, "method not allowed here, expected " + allowed));
    }

    private CompletableFuture<Answer> change(HttpRequest request, String memberId) {
        boolean learner = Boolean.parseBoolean(request.query("learner", "false"));
        CompletableFuture<Void> change;
        switch (request.method()) {
            case "POST" -> change = learner ? member.addLearner(memberId) : member.addVoter(memberId);
            case "DELETE" -> change = member.remove(memberId);
            default -> {
                return refused("POST, DELETE");
            }
        }
        return change.thenApply(done -> members());
    }

    private Answer members() {
        Membership membership = member.membership();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ids(body.putArray("voters"), membership.voters());
        ids(body.putArray("learners"), membership.learners());
        return Answer.json(HttpResponseStatus.OK, body);
    }

    private static void ids(ArrayNode into, List<String> ids) {
        ids.forEach(into::add);
    }

    private Answer status() {
        LogBounds log = member.logBounds();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("id", member.id())
                .put("leader", member.leaderId())
                .put("role", member.isLeader() ? "leader" : "follower")
                .put("term", member.term())
                .put("appliedIndex", member.lastAppliedIndex())
                .put("firstLogIndex", log.firstIndex())
                .put("lastLogIndex", log.lastIndex())
                .put("snapshotIndex", member.snapshotIndex())
                .put("leaderChanges", member.leaderChanges())
                .put("logEngine", member.logUsage().engineId())
                .put("logDurability", member.logUsage().durability().name())
                .put("stateEngine", member.stateUsage().engineId())
                .put("stateDurability", member.stateUsage().durability().name());
        return Answer.json(HttpResponseStatus.OK, body);
    }

    /** Whether this member can serve: it runs, nothing of it has failed, and it knows a leader. */
    private Answer health() {
        String problem = !member.isRunning()
                ? "the member is stopped"
                : member.failure()
                        .map(cause -> "the member has failed: " + cause.getMessage())
                        .orElse(member.leaderId().isEmpty() ? "no leader is known" : "");
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("healthy", problem.isEmpty());
        if (!problem.isEmpty()) {
            body.put("error", problem);
        }
        return Answer.json(problem.isEmpty() ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE, body);
    }

    static ReadConsistency consistency(HttpRequest request, ReadConsistency otherwise) {
        String asked = request.query("consistency", "");
        if (asked.isEmpty()) {
            return otherwise;
        }
        try {
            return ReadConsistency.valueOf(asked.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "consistency is '" + asked + "', expected linearizable, lease or local", e);
        }
    }
}
