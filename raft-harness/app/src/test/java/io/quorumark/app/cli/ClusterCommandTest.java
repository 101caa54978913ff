package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.app.Quorumark;
import io.quorumark.campaign.node.LocalGroup;
import io.quorumark.campaign.node.LocalGroup.MemberProcess;
import io.quorumark.campaign.support.Await;
import io.quorumark.campaign.support.ChildJvm;
import io.quorumark.raft.LoopbackPorts;
import io.quorumark.raft.RaftFailure;
import io.quorumark.raft.ReadConsistency;
import io.quorumark.raft.RemoteGroup;
import io.quorumark.raft.WriteCallback;
import io.quorumark.raft.command.CommandEncoder;
import io.quorumark.raft.command.WriteResult;
import io.quorumark.raft.fixture.Keystores;
import io.quorumark.results.model.Trial;
import io.quorumark.results.store.CampaignReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups of real member processes on loopback. */
class ClusterCommandTest {
    private static final List<String> QUICK_TO_START = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    @TempDir
    Path folder;

    private Path data() {
        return folder.resolve("group");
    }

    @AfterEach
    void noMemberStays() {
        if (Files.exists(data().resolve("group.json"))) {
            CommandLineRun.of("cluster", "stop", "--data", data().toString());
        }
    }

    private CommandLineRun cluster(String command, String... more) {
        String[] arguments = new String[4 + more.length];
        arguments[0] = "cluster";
        arguments[1] = command;
        arguments[2] = "--data";
        arguments[3] = data().toString();
        System.arraycopy(more, 0, arguments, 4, more.length);
        return CommandLineRun.of(arguments);
    }

    private RemoteGroup client() {
        LocalGroup group = LocalGroup.read(data());
        return RemoteGroup.of(group.group(), group.ids(), Duration.ofSeconds(20));
    }

    private static void put(RemoteGroup client, String key, String value) {
        CompletableFuture<WriteResult> done = new CompletableFuture<>();
        client.write(CommandEncoder.put(bytes(key), key.length(), bytes(value), value.length()), new WriteCallback() {
            @Override
            public void onSuccess(WriteResult result) {
                done.complete(result);
            }

            @Override
            public void onFailure(RaftFailure failure) {
                done.completeExceptionally(new AssertionError(failure.toString()));
            }
        });
        assertThat(done.join()).isEqualTo(WriteResult.APPLIED);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void a_group_serves_survives_a_killed_leader_and_keeps_everything_across_a_stop() throws Exception {
        CommandLineRun started = cluster("start", "--engine", "memory", "--heap", "128");
        assertThat(started.exitCode()).as(started.err()).isZero();
        assertThat(started.out()).startsWith("group quorumark serves: 127.0.0.1:");
        try (RemoteGroup client = client()) {
            put(client, "before", "kill");
            kill(leader());
            put(client, "after", "kill");
        }
        // one that is slow to answer is told as silent
        Await.until("the status tells the dead, the new leader and the other", TimeUnit.MINUTES.toNanos(1), () -> {
            CommandLineRun wounded = cluster("status");
            return wounded.exitCode() == 7
                    && List.of("silent", "leader", "follower").stream().allMatch(wounded.out()::contains);
        });

        assertThat(cluster("start").exitCode()).isZero();
        CommandLineRun whole = cluster("status", "--json");
        assertThat(whole.exitCode()).isZero();
        assertThat(whole.out()).contains("\"role\" : \"leader\"").doesNotContain("silent");

        CommandLineRun stopped = cluster("stop");
        assertThat(stopped.out()).isEqualToIgnoringNewLines("3 members stopped");
        assertThat(LocalGroup.read(data()).members())
                .allMatch(member -> member.process().isEmpty());

        assertThat(cluster("start").exitCode()).isZero();
        try (RemoteGroup client = client()) {
            assertThat(client.get(ReadConsistency.LINEARIZABLE, bytes("before")).join())
                    .isEqualTo(bytes("kill"));
            assertThat(client.get(ReadConsistency.LINEARIZABLE, bytes("after")).join())
                    .isEqualTo(bytes("kill"));
        }
    }

    @Test
    void a_campaign_measures_members_that_run_on_their_own() throws Exception {
        CommandLineRun started = cluster("start", "--engine", "memory", "--heap", "128");
        assertThat(started.exitCode()).as(started.err()).isZero();
        Path plan = folder.resolve("plan.yaml");
        Files.writeString(
                plan, """
                profile: smoke
                engines: [memory]
                workloads: [ycsb-a]
                records: 200
                cluster:
                  members: [%s]
                  durability: POWER_LOSS
                  memoryBudgetMiB: %d
                load: {clients: 16, warmUpSeconds: 0.2, measureSeconds: 1}
                trials: {blocks: 2}
                """.formatted(String.join(", ", LocalGroup.read(data()).ids()), 64));
        Path out = folder.resolve("results");
        CommandLineRun run = CommandLineRun.of("run", plan.toString(), "--out", out.toString());
        List<Trial> trials = CampaignReader.read(out).trials();
        assertThat(trials).flatExtracting(Trial::reasons).as(run.err()).isEmpty();
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(trials).hasSize(2).allSatisfy(trial -> {
            assertThat(trial.operations()).isPositive();
            assertThat(trial.effectiveOptions()).isNotEmpty();
        });
        RecheckRun.assertAgrees(out);

        Files.writeString(plan, Files.readString(plan).replace("POWER_LOSS", "PROCESS_CRASH"));
        Path unlike = folder.resolve("unlike");
        CommandLineRun refused = CommandLineRun.of("run", plan.toString(), "--out", unlike.toString());
        assertThat(refused.exitCode()).isEqualTo(7);
        assertThat(CampaignReader.read(unlike).trials().get(0).reasons().get(0))
                .contains("keeps its log on memory at POWER_LOSS", "expected memory at PROCESS_CRASH");
    }

    @Test
    void a_group_with_a_password_is_measured_by_who_names_its_file_only() throws IOException {
        Path password = secret("endpoint.password");
        CommandLineRun started = cluster(
                "start", "--engine", "memory", "--nodes", "1", "--heap", "128", "--password-file", password.toString());
        assertThat(started.exitCode()).as(started.err()).isZero();
        CommandLineRun status = cluster("status");
        assertThat(status.exitCode()).as(status.err()).isZero();
        assertThat(status.out()).contains("leader");

        Path plan = folder.resolve("plan.yaml");
        String cluster = "  passwordFile: endpoint.password\n";
        Files.writeString(plan, """
                profile: smoke
                engines: [memory]
                workloads: [ycsb-a]
                records: 200
                cluster:
                  members: [%s]
                  memoryBudgetMiB: 64
                  durability: POWER_LOSS
                %sload: {clients: 4, warmUpSeconds: 0.2, measureSeconds: 0.5}
                trials: {blocks: 1}
                """.formatted(LocalGroup.read(data()).ids().get(0), cluster));
        CommandLineRun run = CommandLineRun.of(
                "run", plan.toString(), "--out", folder.resolve("let-in").toString());
        assertThat(run.exitCode()).as(run.err()).isZero();

        Files.writeString(plan, Files.readString(plan).replace(cluster, ""));
        Path out = folder.resolve("refused");
        assertThat(CommandLineRun.of("run", plan.toString(), "--out", out.toString())
                        .exitCode())
                .isEqualTo(7);
        assertThat(CampaignReader.read(out).trials().get(0).reasons().get(0))
                .contains("asks for the group's password", "cluster.passwordFile of a plan");
    }

    @Test
    void addresses_must_fit_the_plans_engines() throws IOException {
        Path plan = folder.resolve("plan.yaml");
        for (String[] wrong : new String[][] {
            {"[memory, lmdb]", "['127.0.0.1:1']", "a list of addresses for each of the plan's engines [memory, lmdb]"},
            {"[memory]", "{lmdb: ['127.0.0.1:1']}", "a list of addresses for each of the plan's engines [memory]"},
            {"[memory]", "['127.0.0.1:1', '127.0.0.1:2']", "cluster.members: is 2, expected an odd number from 1 to 9"},
            {"[memory]", "[here]", "cluster.members: is 'here', expected different addresses, each host:port"},
            {"[memory]", "4", "cluster.members: is 4, expected an odd number from 1 to 9"},
            {"[memory]", "many", "an odd number, a list of host:port, or such a list for each engine"}
        }) {
            Files.writeString(plan, "engines: " + wrong[0] + "\ncluster: {members: " + wrong[1] + "}\n");
            CommandLineRun run = CommandLineRun.of("run", plan.toString(), "--dry-run");
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains(wrong[2]);
        }
    }

    @Test
    void nobody_is_let_in_without_a_trusted_certificate() throws Exception {
        Path own = keystore("own");
        Path strange = keystore("strange");
        int http = LoopbackPorts.choose(1).get(0);
        CommandLineRun started = child(
                "cluster",
                "start",
                "--data",
                data().toString(),
                "--engine",
                "memory",
                "--nodes",
                "1",
                "--heap",
                "128",
                "--tls",
                own.toString(),
                "--http-port",
                Integer.toString(http));
        assertThat(started.exitCode()).as(started.err()).isZero();
        CommandLineRun status = child("cluster", "status", "--data", data().toString());
        assertThat(status.exitCode()).as(status.out()).isZero();

        String[] id = LocalGroup.read(data()).ids().get(0).split(":");
        int port = Integer.parseInt(id[1]);
        assertThat(isLetIn(Keystores.client(own, own), port, 2_000)).isTrue();
        assertThat(isLetIn(Keystores.client(strange, own), port, 20_000)).isFalse();
        HttpClient trusting =
                HttpClient.newBuilder().sslContext(Keystores.client(own, own)).build();
        URI health = URI.create("https://127.0.0.1:" + http + "/health");
        assertThat(trusting.send(HttpRequest.newBuilder(health).build(), BodyHandlers.ofString())
                        .body())
                .contains("\"healthy\":true");
        for (SSLContext stranger : List.of(Keystores.client(strange, own), Keystores.client(null, own))) {
            HttpClient turnedAway = HttpClient.newBuilder().sslContext(stranger).build();
            assertThatThrownBy(
                            () -> turnedAway.send(HttpRequest.newBuilder(health).build(), BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
        }
        URI metrics = URI.create("https://127.0.0.1:" + http + "/metrics");
        assertThat(trusting.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                        .body())
                .containsPattern("quorumark_access_refusals_total\\{reason=\"certificate\"} [2-9]");

        assertThat(data().resolve("n1.log")).content().contains("certificate");

        Path config = data().resolve("n1.yaml");
        Files.writeString(config, Files.readString(config).replace(own + "\n", "/missing.p12\n"));
        CommandLineRun refused = child("node", "--config", config.toString());
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("tls: keystore '/missing.p12' cannot be opened");
        assertThat(child("cluster", "stop", "--data", data().toString()).exitCode())
                .isZero();
    }

    @Test
    void a_member_does_not_start_with_a_certificate_for_another_host() throws Exception {
        secret("elsewhere.p12.password");
        Path elsewhere = new Keystores(folder).alone("elsewhere", "-ext", "SAN=dns:elsewhere.example,ip:127.0.0.2");
        CommandLineRun refused = child(
                "cluster",
                "start",
                "--data",
                data().toString(),
                "--engine",
                "memory",
                "--nodes",
                "1",
                "--tls",
                elsewhere.toString());
        assertThat(refused.exitCode()).isEqualTo(7);
        assertThat(refused.err())
                .contains(
                        "has a certificate for the hosts [elsewhere.example, 127.0.0.2], expected 127.0.0.1 among them");
    }

    /** A key, and trust in nobody but itself. */
    private Path keystore(String name) throws Exception {
        secret(name + ".p12.password");
        return new Keystores(folder).alone(name, "-ext", "SAN=ip:127.0.0.1");
    }

    /** A file that holds {@link Keystores#PASSWORD}, for its owner alone. */
    private Path secret(String name) throws IOException {
        Path file = Files.writeString(folder.resolve(name), Keystores.PASSWORD + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** Quorumark in a JVM of its own: TLS settings are one for a JVM. */
    private CommandLineRun child(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(ChildJvm.command(
                ChildJvm.flags(64, QUICK_TO_START, List.of()), folder, Quorumark.class.getName(), List.of(arguments)));
        Path out = folder.resolve("child.out");
        Path err = folder.resolve("child.err");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        return new CommandLineRun(process.waitFor(), Files.readString(out), Files.readString(err));
    }

    /** Whether the member at that port goes on with such a client. */
    private static boolean isLetIn(SSLContext client, int port, int patienceMillis) throws Exception {
        try (SSLSocket socket =
                (SSLSocket) client.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(patienceMillis);
            socket.startHandshake();
            // with TLS 1.3 a server's refusal arrives after the client's part is done
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException stillOpen) {
            return true;
        } catch (ConnectException nobodyThere) {
            throw nobodyThere;
        } catch (SSLException | SocketException refused) {
            // an alert, or the connection that is closed behind it, whichever this side meets first
            return false;
        }
    }

    /** Who leads, once somebody does. */
    private MemberProcess leader() throws InterruptedException {
        LocalGroup group = LocalGroup.read(data());
        List<MemberProcess> leader = new ArrayList<>();
        try (RemoteGroup client = client()) {
            Await.until("a member leads", TimeUnit.SECONDS.toNanos(30), () -> {
                group.members().stream()
                        .filter(member -> client.status(member.id()).join().leads())
                        .forEach(leader::add);
                return !leader.isEmpty();
            });
        }
        return leader.get(0);
    }

    private static void kill(MemberProcess member) throws Exception {
        ProcessHandle process = member.process().orElseThrow();
        process.destroyForcibly();
        process.onExit().get(10, TimeUnit.SECONDS);
    }

    @Test
    void a_port_in_use_ends_the_start_with_the_members_own_words() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CommandLineRun run = cluster(
                    "start", "--engine", "memory", "--nodes", "1", "--port", Integer.toString(taken.getLocalPort()));
            assertThat(run.exitCode()).isEqualTo(7);
            assertThat(run.err()).contains("cannot listen on 127.0.0.1:" + taken.getLocalPort(), "the port is in use");
            assertThat(run.err()).contains("holds the group's configurations now", "give --data alone");
        }
    }

    @Test
    void what_cannot_be_is_refused_in_one_line() throws IOException {
        assertThat(cluster("status").err()).contains("holds no group");
        assertThat(cluster("stop").exitCode()).isEqualTo(2);
        assertThat(cluster("start", "--nodes", "12").err()).contains("--nodes is 12, expected 1 to 9");
        assertThat(cluster("start", "--engine", "nope").err()).contains("unknown engine 'nope'");
        assertThat(cluster("start", "--engine", "mapdb").err()).contains("engine mapdb offers");
        assertThat(cluster("start", "--port", "65535").err()).contains("id: is '127.0.0.1:65535', expected host:port");
        assertThat(cluster("start", "--resp-port", "70000").err()).contains("resp: is '127.0.0.1:70000'");
        assertThat(cluster("start", "--no-client-certificates").err())
                .contains("--no-client-certificates is given without --tls");
        assertThat(cluster("start", "--nodes", "2", "--resp-port", "26700", "--http-port", "26701")
                        .err())
                .contains("address '127.0.0.1:26701' is both http of n1 and resp of n2");
        assertThat(cluster("start", "--tls", folder.resolve("none.p12").toString())
                        .err())
                .contains("none.p12");
        assertThat(cluster("start", "--heap", "0").err()).contains("--heap is 0, expected 64 to 1048576 MiB");
        assertThat(data()).doesNotExist();
        Files.createDirectories(data());
        Files.writeString(data().resolve("something"), "else");
        assertThat(cluster("start").err()).contains("holds files but no group");
    }

    @Test
    void a_members_configuration_is_checked_key_by_key() throws IOException {
        assertThat(node("id: 127.0.0.1:7001\ndata: n1\nengine: memory\nnonsense: 1\n"))
                .contains("n1.yaml:4", "nonsense");
        assertThat(node("id: 127.0.0.1:7001\ndata: n1\nengine: memory\nmembers: [127.0.0.1:7002, 127.0.0.1:7003]\n"))
                .contains("n1.yaml", "expected this member's id 127.0.0.1:7001 among them");
        assertThat(node("id: 127.0.0.1:7001\ndata: n1\nengine: memory\nmembers: [127.0.0.1:7001, 127.0.0.1:7001]\n"))
                .contains("expected each id once");
        assertThat(node("id: nowhere\ndata: n1\nengine: memory\n"))
                .contains("n1.yaml:1: id: is 'nowhere', expected host:port");
        assertThat(node("id: 127.0.0.1:7001\ndata: n1\nengine: mapdb\n")).contains("engine mapdb offers");
        assertThat(node("id: 127.0.0.1:7001\ndata: n1\nengine: memory\nraft: {heartbeatMillis: 900}\n"))
                .contains("heartbeat is 900 ms, expected 1 ms to half of the election timeout, 500 ms");
    }

    private String node(String yaml) throws IOException {
        Path file = folder.resolve("n1.yaml");
        Files.writeString(file, yaml);
        CommandLineRun run = CommandLineRun.of("node", "--config", file.toString());
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err().lines()).hasSize(1);
        return run.err();
    }
}
