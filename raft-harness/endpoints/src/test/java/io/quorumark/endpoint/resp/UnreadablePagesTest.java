package io.quorumark.endpoint.resp;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.endpoint.EndpointConfig;
import io.quorumark.endpoint.TestGroup;
import io.quorumark.endpoint.UnreadablePages;
import io.quorumark.endpoint.http.HttpEndpoint;
import io.quorumark.raft.Member;
import io.quorumark.raft.ReadConsistency;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client whose read ends in an error of the JVM hears of it, and so do all that come after it. */
class UnreadablePagesTest {
    private static final String DEFECT = "-ERR internal error; the member's log tells more";

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(ReadConsistency.class)
    void every_read_is_answered(ReadConsistency reads) throws Exception {
        UnreadablePages pages = new UnreadablePages();
        try (TestGroup group = new TestGroup(folder, 1)) {
            Member member = pages.of(group.leader());
            EndpointConfig config = EndpointConfig.onLoopback(0).withReads(reads);
            try (RespEndpoint resp = RespEndpoint.open(member, config);
                    HttpEndpoint http = HttpEndpoint.open(member, config);
                    RespClient client = new RespClient(resp.address())) {
                assertThat(client.ask("MSET", "a", "1", "b", "2")).isEqualTo("+OK");
                for (String request : List.of("GET a", "MGET a b", "EXISTS a b", "SCAN 0", "DBSIZE", "INFO keyspace")) {
                    assertThat(client.ask(request.split(" "))).as(request).isEqualTo(DEFECT);
                }
                for (String path : List.of("/kv/a", "/kv")) {
                    assertThat(get(http, path).statusCode()).as(path).isEqualTo(500);
                }
                pages.mend();
                assertThat(client.ask("GET", "a")).isEqualTo("$1");
                assertThat(client.ask("DBSIZE")).isEqualTo(":2");
                assertThat(get(http, "/kv/a").body()).isEqualTo("1");
            }
        }
    }

    private static HttpResponse<String> get(HttpEndpoint endpoint, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + endpoint.address().getPort() + path);
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri)
                                .timeout(Duration.ofSeconds(20))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
