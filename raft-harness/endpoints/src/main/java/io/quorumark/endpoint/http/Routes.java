package io.quorumark.endpoint.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quorumark.raft.LogBounds;
import io.quorumark.raft.Member;
import io.quorumark.raft.Membership;
import io.quorumark.raft.ReadConsistency;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Which request is answered by what (docs/endpoints.md). Thread-safe. */
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
     * @param room for the values that it reads
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record HttpRequest(String method, RequestTarget target, Preconditions preconditions, byte[] body, AnswerRoom room) {
        /** {@code HEAD} is {@code GET} whose body is left out when it is sent. */
        boolean reads() {
            return method.equals("GET") || method.equals("HEAD");
        }
    }

    /**
     * Answers one request.
     *
     * @param body owned by the answer from now on
     * @param room for the answer
     */
    CompletableFuture<Answer> handle(String method, String target, HttpHeaders headers, byte[] body, AnswerRoom room) {
        try {
            return route(
                    new HttpRequest(method, RequestTarget.parse(target), Preconditions.of(headers), body, room),
                    headers);
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<Answer> route(HttpRequest request, HttpHeaders headers) {
        String path = request.target().path();
        String allowed = allowed(path);
        if (allowed.isEmpty()) {
            return now(Answer.error(
                    HttpResponseStatus.NOT_FOUND,
                    "no such path, expected /kv, /kv/{key}, /members, /members/{id}, /status, /health or /metrics"));
        }
        if (request.method().equals("OPTIONS")) {
            return now(Answer.empty(HttpResponseStatus.NO_CONTENT).allowing(allowed));
        }
        if (!List.of(allowed.split(", ")).contains(request.method())) {
            return now(Answer.error(
                            HttpResponseStatus.METHOD_NOT_ALLOWED,
                            "method " + request.method() + " is not allowed here, expected one of " + allowed)
                    .allowing(allowed));
        }
        if (path.equals(RequestTarget.WHOLE_SERVER)) {
            throw new IllegalArgumentException("the request's target is *, expected a path, or the method OPTIONS");
        }
        if (path.startsWith(KV + "/")) {
            return records.one(request, headers, PercentCoding.bytes(path.substring(KV.length() + 1)));
        }
        if (!request.preconditions().isEmpty()) {
            throw new IllegalArgumentException(
                    "If-Match and If-None-Match are not supported here, expected them at /kv/{key} only");
        }
        if (path.startsWith(MEMBERS + "/")) {
            return change(request, PercentCoding.text(path.substring(MEMBERS.length() + 1)));
        }
        if (path.equals(KV)) {
            return records.list(request);
        }
        request.target().requireOnly(Set.of());
        if (path.equals(MEMBERS)) {
            return member.membership().thenApply(Routes::json);
        }
        return now(
                switch (path) {
                    case "/status" -> status();
                    case "/health" -> health();
                    case "/metrics" -> metrics.scrape();
                    default -> throw new IllegalStateException("path '" + path + "' is allowed and has no answer");
                });
    }

    /** As an {@code Allow} header has it; empty if there is no such path. */
    private static String allowed(String path) {
        if (path.startsWith(KV + "/")) {
            return "GET, HEAD, PUT, DELETE, OPTIONS";
        }
        if (path.startsWith(MEMBERS + "/")) {
            return "POST, DELETE, OPTIONS";
        }
        return switch (path) {
            case KV, MEMBERS, "/status", "/health", "/metrics" -> "GET, HEAD, OPTIONS";
            // the server itself, which has no body to show
            case RequestTarget.WHOLE_SERVER -> "GET, HEAD, PUT, POST, DELETE, OPTIONS";
            default -> "";
        };
    }

    private static CompletableFuture<Answer> now(Answer answer) {
        return CompletableFuture.completedFuture(answer);
    }

    private CompletableFuture<Answer> change(HttpRequest request, String memberId) {
        if (request.method().equals("POST")) {
            request.target().requireOnly(Set.of("learner"));
            String asked = request.target().parameter("learner", "false");
            boolean learner = switch (asked) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new IllegalArgumentException("learner is '" + asked + "', expected true or false");
            };
            return (learner ? member.addLearner(memberId) : member.addVoter(memberId)).thenApply(Routes::json);
        }
        request.target().requireOnly(Set.of());
        return member.remove(memberId).thenApply(Routes::json);
    }

    private static Answer json(Membership membership) {
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
                .put("role", member.role().name().toLowerCase(Locale.ROOT))
                .put("term", member.term())
                .put("appliedIndex", member.lastAppliedIndex())
                .put("firstLogIndex", log.firstIndex())
                .put("lastLogIndex", log.lastIndex())
                .put("snapshotIndex", member.snapshotIndex())
                .put("leaderChanges", member.leaderChanges())
                .put("logEngine", member.logUsage().engineId())
                .put("logDurability", member.logUsage().durability().code())
                .put("stateEngine", member.stateUsage().engineId())
                .put("stateDurability", member.stateUsage().durability().code());
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
        if (request.target().query().isEmpty()) {
            return otherwise;
        }
        String asked = request.target().parameter("consistency", otherwise.name());
        return ReadConsistency.ofWord(asked.toLowerCase(Locale.ROOT));
    }
}
