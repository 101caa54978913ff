package io.quorumark.raft.jraft.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.alipay.sofa.jraft.error.RemotingException;
import com.alipay.sofa.jraft.option.RpcOptions;
import com.alipay.sofa.jraft.rpc.ProtobufMsgFactory;
import com.alipay.sofa.jraft.rpc.RpcClient;
import com.alipay.sofa.jraft.rpc.RpcContext;
import com.alipay.sofa.jraft.rpc.RpcProcessor;
import com.alipay.sofa.jraft.rpc.RpcRequests.ErrorResponse;
import com.alipay.sofa.jraft.rpc.RpcRequests.PingRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.RequestVoteRequest;
import com.alipay.sofa.jraft.rpc.RpcServer;
import com.alipay.sofa.jraft.rpc.impl.BoltRpcClient;
import com.alipay.sofa.jraft.rpc.impl.BoltRpcServer;
import com.alipay.sofa.jraft.rpc.impl.PingRequestProcessor;
import com.alipay.sofa.jraft.util.Endpoint;
import io.quorumark.raft.Await;
import io.quorumark.raft.Ipv6Loopback;
import io.quorumark.raft.LoopbackPorts;
import io.quorumark.raft.TlsKeys;
import io.quorumark.raft.fixture.Keystores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A member shows a certificate, and whoever dials it looks whether it is one for that member. */
class MemberCertificateTest {
    private static final int TIMEOUT_MILLIS = 20_000;
    private static final String[] NAMED = {"-ext", "SAN=ip:127.0.0.1"};

    @TempDir
    static Path folder;

    private static Keystores keystores;
    private static Path authority;
    private static Path member;

    private final List<Runnable> open = new ArrayList<>();
    private Endpoint endpoint =
            new Endpoint("127.0.0.1", LoopbackPorts.choose(1).get(0));

    @BeforeAll
    static void makeMember() throws Exception {
        LibrarySettings.apply();
        ProtobufMsgFactory.load();
        keystores = new Keystores(folder);
        authority = keystores.authority("authority");
        member = keystores.signedBy(authority, "member", NAMED);
    }

    @AfterEach
    void close() {
        open.forEach(Runnable::run);
    }

    private static TlsSettings tls(Path keystore) throws SSLException {
        return new TlsSettings(TlsKeys.read(keystore, Keystores.PASSWORD));
    }

    private void listen(Path keystore) throws SSLException {
        RpcServer server = new BoltRpcServer(new TcpServer(endpoint, tls(keystore)));
        server.registerProcessor(new PingRequestProcessor(Runnable::run));
        server.registerProcessor(FromMembers.only(new Votes(), RequestVoteRequest::getServerId));
        assertThat(server.init(null)).as("the member listens").isTrue();
        open.add(server::shutdown);
    }

    /** Answers whoever is let through. */
    private static final class Votes implements RpcProcessor<RequestVoteRequest> {
        @Override
        public void handleRequest(RpcContext context, RequestVoteRequest request) {
            context.sendResponse(ErrorResponse.newBuilder().setErrorCode(0).build());
        }

        @Override
        public String interest() {
            return RequestVoteRequest.class.getName();
        }

        @Override
        public Executor executor() {
            return Runnable::run;
        }
    }

    private Object ping(Path keystore) throws Exception {
        return ask(keystore, PingRequest.newBuilder().setSendTimestamp(1).build());
    }

    private Object ask(Path keystore, Object request) throws Exception {
        RpcClient client = new BoltRpcClient(new TcpClient(tls(keystore)));
        client.init(new RpcOptions());
        open.add(0, client::shutdown);
        return client.invokeSync(endpoint, request, TIMEOUT_MILLIS);
    }

    private static RequestVoteRequest vote(String from) {
        return RequestVoteRequest.newBuilder()
                .setGroupId("group")
                .setServerId(from)
                .setPeerId("127.0.0.1:1")
                .setTerm(1)
                .setLastLogTerm(1)
                .setLastLogIndex(1)
                .setPreVote(true)
                .build();
    }

    private void assertAnswers(Path keystore) throws Exception {
        assertThat(ping(keystore))
                .isInstanceOfSatisfying(
                        ErrorResponse.class,
                        answer -> assertThat(answer.getErrorCode()).isZero());
        assertThat(TlsSettings.problemWith(endpoint.toString()))
                .as("what is wrong with the member")
                .isNull();
    }

    private void assertRefuses(Path keystore, String why) {
        assertThatThrownBy(() -> ping(keystore)).isInstanceOf(RemotingException.class);
        assertThat(TlsSettings.problemWith(endpoint.toString()))
                .startsWith("no TLS with member " + endpoint + ": ")
                .contains(why, "name the host 127.0.0.1")
                .doesNotContain("\n");
    }

    @Test
    void a_member_whose_certificate_names_its_host_is_spoken_to() throws Exception {
        listen(member);
        assertAnswers(member);
        assertAnswers(keystores.signedBy(authority, "client-without-a-name"));
    }

    @Test
    void a_certificate_of_the_right_authority_for_another_host_is_refused() throws Exception {
        listen(keystores.signedBy(authority, "elsewhere", "-ext", "SAN=dns:elsewhere.example,ip:127.0.0.2"));
        assertRefuses(member, "No subject alternative names matching IP address 127.0.0.1 found");
    }

    @Test
    void a_certificate_without_a_host_is_refused_whatever_its_common_name_is() throws Exception {
        listen(keystores.signedBy(authority, "127.0.0.1"));
        assertRefuses(member, "No subject alternative names");
    }

    @Test
    void nobody_speaks_in_the_name_of_a_member_whose_host_its_certificate_does_not_name() throws Exception {
        listen(member);
        assertThat(ask(member, vote("127.0.0.1:2"))).isInstanceOf(ErrorResponse.class);
        Path client = keystores.signedBy(authority, "client");
        Path other = keystores.signedBy(authority, "other", "-ext", "SAN=ip:127.0.0.2,dns:*.example");
        assertThat(ask(other, vote("127.0.0.2:2"))).isInstanceOf(ErrorResponse.class);
        assertThat(ask(other, vote("n1.example:2"))).isInstanceOf(ErrorResponse.class);
        for (String posed : List.of("127.0.0.1:2", "n1.n2.example:2", "example:2", "127.0.0.2", "")) {
            assertThatThrownBy(() -> ask(other, vote(posed)))
                    .as("a message of '%s'", posed)
                    .isInstanceOf(RemotingException.class);
        }
        assertThatThrownBy(() -> ask(client, vote("127.0.0.1:2"))).isInstanceOf(RemotingException.class);
        assertAnswers(client);
    }

    @Test
    void a_member_at_an_ipv6_address_is_spoken_to_and_speaks() throws Exception {
        assumeTrue(Ipv6Loopback.isThere(), "no IPv6 address for loopback");
        endpoint = new Endpoint("[::1]", endpoint.getPort());
        Path atIpv6 = keystores.signedBy(authority, "at-ipv6", "-ext", "SAN=ip:::1");
        listen(atIpv6);
        assertAnswers(atIpv6);
        assertThat(ask(atIpv6, vote("[::1]:2"))).isInstanceOf(ErrorResponse.class);
        assertThatThrownBy(() -> ask(atIpv6, vote("[::2]:2"))).isInstanceOf(RemotingException.class);
    }

    @Test
    void what_is_wrong_with_a_member_at_an_ipv6_address_is_told() throws Exception {
        assumeTrue(Ipv6Loopback.isThere(), "no IPv6 address for loopback");
        endpoint = new Endpoint("[::1]", endpoint.getPort());
        listen(keystores.signedBy(authority, "at-another", "-ext", "SAN=ip:::2"));
        assertThatThrownBy(() -> ping(member)).isInstanceOf(RemotingException.class);
        assertThat(TlsSettings.problemWith(endpoint.toString()))
                .startsWith("no TLS with member [0:0:0:0:0:0:0:1]:" + endpoint.getPort() + ": ");
    }

    @Test
    void a_certificate_of_another_authority_is_refused() throws Exception {
        Path strange = keystores.signedBy(keystores.authority("strange-authority"), "strange", NAMED);
        listen(member);
        assertRefuses(strange, "unable to find valid certification path");
    }

    @Test
    void an_expired_certificate_is_refused_even_if_it_is_trusted_itself() throws Exception {
        Path expired = keystores.alone("expired", "-ext", "SAN=ip:127.0.0.1", "-startdate", "-10d", "-validity", "5");
        listen(expired);
        assertRefuses(expired, "NotAfter");
    }

    @Test
    void what_was_wrong_is_forgotten_when_nobody_listens_there_any_more() throws Exception {
        listen(keystores.signedBy(authority, "wrong", "-ext", "SAN=dns:wrong.example"));
        assertRefuses(member, "127.0.0.1");
        open.remove(open.size() - 1).run();
        Await.until("what was wrong is forgotten", () -> {
            assertThatThrownBy(() -> ping(member)).isInstanceOf(RemotingException.class);
            return TlsSettings.problemWith(endpoint.toString()) == null;
        });
    }
}
