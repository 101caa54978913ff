package io.quorumark.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.endpoint.http.HttpEndpoint;
import io.quorumark.endpoint.resp.RespEndpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that nobody here wrote. Skipped where they are not installed: {@code apt-get install redis-tools curl}. */
class StrangersTest {
    @TempDir
    Path folder;

    private TestGroup group;
    private RespEndpoint resp;
    private HttpEndpoint http;

    @BeforeEach
    void open() {
        group = new TestGroup(folder.resolve("group"), 3);
        resp = RespEndpoint.open(group.leader(), EndpointConfig.onLoopback(0));
        http = HttpEndpoint.open(group.leader(), EndpointConfig.onLoopback(0));
    }

    @AfterEach
    void close() {
        http.close();
        resp.close();
        group.close();
    }

    private String run(String program, String... arguments) throws IOException, InterruptedException {
        Assumptions.assumeTrue(isInstalled(program), program + " is not installed");
        List<String> command = new ArrayList<>();
        command.add(program);
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        String said = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(ended).as("%s ended: %s", program, said).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    private static boolean isInstalled(String program) {
        for (String directory : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(directory, program))) {
                return true;
            }
        }
        return false;
    }

    private String redis(String... words) throws IOException, InterruptedException {
        List<String> arguments =
                new ArrayList<>(List.of("-p", Integer.toString(resp.address().getPort())));
        arguments.addAll(List.of(words));
        return run("redis-cli", arguments.toArray(String[]::new)).strip();
    }

    @Test
    void the_redis_command_line_works() throws Exception {
        assertThat(redis("PING")).isEqualTo("PONG");
        assertThat(redis("SET", "a", "1", "NX")).isEqualTo("OK");
        assertThat(redis("INCR", "a")).isEqualTo("2");
        assertThat(redis("-3", "GET", "a")).isEqualTo("2");
        assertThat(redis("MSET", "b", "x", "c", "y")).isEqualTo("OK");
        assertThat(redis("--scan", "--pattern", "?")).contains("a", "b", "c");
        assertThat(redis("-3", "HELLO", "3")).contains("quorumark");
        assertThat(redis("LPUSH", "l", "1")).startsWith("ERR unknown command");
    }

    @Test
    void the_redis_benchmark_works_with_and_without_pipelining() throws Exception {
        for (String pipeline : List.of("1", "16")) {
            String said = run(
                    "redis-benchmark",
                    "-p",
                    Integer.toString(resp.address().getPort()),
                    "-t",
                    "ping,set,get,incr,mset",
                    "-n",
                    "2000",
                    "-c",
                    "8",
                    "-r",
                    "1000",
                    "-P",
                    pipeline,
                    "-q");
            assertThat(said)
                    .contains("SET:", "GET:", "INCR:", "requests per second")
                    .doesNotContain("ERR");
        }
    }

    @Test
    void two_hundred_clients_count_on_one_key() throws Exception {
        String port = Integer.toString(resp.address().getPort());
        String said =
                run("redis-benchmark", "-p", port, "-t", "incr", "-c", "200", "-r", "1", "-n", "4000", "-P", "4", "-q");
        assertThat(said).contains("INCR:", "requests per second").doesNotContain("ERR", "TRYAGAIN");
        assertThat(redis("GET", "counter:000000000000")).isEqualTo("4000");
    }

    @Test
    void curl_puts_reads_and_sees_metrics() throws Exception {
        String endpoint = "http://127.0.0.1:" + http.address().getPort();
        run("curl", "-sS", "-f", "-X", "PUT", "--data-binary", "value", endpoint + "/kv/a");
        assertThat(run("curl", "-sS", "-f", endpoint + "/kv/a")).isEqualTo("value");
        assertThat(run("curl", "-sS", "-f", endpoint + "/metrics")).contains("quorumark_raft_term");
        assertThat(run(
                        "curl",
                        "-sS",
                        "-o",
                        folder.resolve("body").toString(),
                        "-w",
                        "%{http_code}",
                        endpoint + "/kv/none"))
                .isEqualTo("404");
    }

    @Test
    void the_redis_command_line_and_curl_show_a_password() throws Exception {
        EndpointConfig guarded = EndpointConfig.onLoopback(0).withAccess(Access.with(Password.of("secret")));
        try (RespEndpoint redis = RespEndpoint.open(group.leader(), guarded);
                HttpEndpoint web = HttpEndpoint.open(group.leader(), guarded)) {
            String port = Integer.toString(redis.address().getPort());
            assertThat(run("redis-cli", "-p", port, "INFO")).startsWith("NOAUTH ");
            assertThat(run("redis-cli", "-p", port, "--no-auth-warning", "-a", "guess", "PING"))
                    .contains("WRONGPASS")
                    .contains("NOAUTH");
            for (String protocol : List.of("-2", "-3")) {
                assertThat(run("redis-cli", protocol, "-p", port, "--no-auth-warning", "-a", "secret", "SET", "a", "1"))
                        .startsWith("OK");
                assertThat(run(
                                "redis-cli",
                                protocol,
                                "-p",
                                port,
                                "--no-auth-warning",
                                "--user",
                                "default",
                                "--pass",
                                "secret",
                                "GET",
                                "a"))
                        .startsWith("1");
            }
            assertThat(run(
                            "redis-benchmark",
                            "-p",
                            port,
                            "-a",
                            "secret",
                            "-t",
                            "set,mset",
                            "-n",
                            "1000",
                            "-P",
                            "8",
                            "-q"))
                    .contains("MSET (10 keys):", "requests per second")
                    .doesNotContain("ERR", "Error");
            String status = "http://127.0.0.1:" + web.address().getPort() + "/status";
            assertThat(run("curl", "-sS", status)).startsWith("{\"error\":\"this endpoint asks for a password");
            assertThat(run("curl", "-sS", "-H", "Authorization: Bearer guess", status))
                    .startsWith("{\"error\":\"the password is wrong");
            assertThat(run("curl", "-sS", "-f", "-H", "Authorization: Bearer secret", status))
                    .contains("\"role\":\"leader\"");
        }
    }
}
