package io.quorumark.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorumark.raft.command.CommandEncoder;
import io.quorumark.raft.command.WriteResult;
import io.quorumark.raft.message.ClientRequest;
import io.quorumark.raft.message.ClientResponse;
import io.quorumark.raft.message.Entries;
import io.quorumark.raft.message.MemberStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Members that know of each other by address alone, and a client that knows only addresses; in one JVM here, with nothing shared. */
class MemberNodeTest {
    private static final String GROUP = "test-group";

    @TempDir
    Path directory;

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private static List<String> freeAddresses(int count) {
        return LoopbackPorts.choose(count).stream()
                .map(port -> "127.0.0.1:" + port)
                .toList();
    }

    private MemberNode start(String group, String id, List<String> voters, String folder) {
        MemberNode node = MemberNode.start(new MemberConfig(
                group,
                id,
                voters,
                directory.resolve(folder),
                Engines.spec("memory"),
                Engines.spec("memory"),
                RaftSettings.DEFAULTS.withElectionTimeout(Group.STEADY_ELECTION_TIMEOUT),
                Duration.ofSeconds(5)));
        open.add(node);
        return node;
    }

    private RemoteGroup client(List<String> members) {
        RemoteGroup client = RemoteGroup.of(GROUP, members, Duration.ofSeconds(10));
        open.add(0, client);
        return client;
    }

    private static CompletableFuture<WriteResult> put(RemoteGroup client, String key, String value) {
        CompletableFuture<WriteResult> done = new CompletableFuture<>();
        client.write(
                CommandEncoder.put(Group.bytes(key), key.length(), Group.bytes(value), value.length()),
                new WriteCallback() {
                    @Override
                    public void onSuccess(WriteResult result) {
                        done.complete(result);
                    }

                    @Override
                    public void onFailure(RaftFailure failure) {
                        done.completeExceptionally(new AssertionError(failure.toString()));
                    }
                });
        return done;
    }

    private static String leader(RemoteGroup client) {
        String[] leader = new String[1];
        Await.until(
                "a member leads",
                () -> client.memberIds().stream().anyMatch(id -> {
                    MemberStatus status = Group.answer(client.status(id));
                    leader[0] = status.id();
                    return status.leads();
                }));
        return leader[0];
    }

    @Test
    void a_client_that_knows_addresses_writes_reads_and_scans() throws Exception {
        List<String> addresses = freeAddresses(3);
        addresses.forEach(id -> start(GROUP, id, addresses, "m" + addresses.indexOf(id)));
        RemoteGroup client = client(addresses);
        for (int i = 0; i < 50; i++) {
            assertThat(Group.answer(put(client, "key" + i, "value" + i))).isEqualTo(WriteResult.APPLIED);
        }
        for (ReadConsistency consistency : ReadConsistency.values()) {
            assertThat(Group.answer(client.get(consistency, Group.bytes("key7"))))
                    .isEqualTo(Group.bytes("value7"));
        }
        assertThat(Group.answer(client.get(ReadConsistency.LINEARIZABLE, Group.bytes("absent"))))
                .isNull();
        List<Entries.Entry> entries = Group.answer(client.scan(ReadConsistency.LINEARIZABLE, Group.bytes("key48"), 2));
        assertThat(entries.stream().map(entry -> new String(entry.key(), StandardCharsets.UTF_8)))
                .containsExactly("key48", "key49");
        String leader = leader(client);
        for (String id : addresses) {
            Await.until(id + " has caught up", () -> appliedBy(client, id) == appliedBy(client, leader));
            assertThat(Group.answer(client.digest(id)).recordCount()).isEqualTo(50);
        }
        assertThat(Group.answer(client.snapshot(leader))).isEqualTo(appliedBy(client, leader));
    }

    private static long appliedBy(RemoteGroup client, String id) {
        return Group.answer(client.status(id)).appliedIndex();
    }

    @Test
    void a_member_joins_takes_over_and_the_old_leader_leaves() throws Exception {
        List<String> addresses = freeAddresses(4);
        List<String> voters = addresses.subList(0, 3);
        voters.forEach(id -> start(GROUP, id, voters, "m" + addresses.indexOf(id)));
        RemoteGroup client = client(addresses);
        Group.answer(put(client, "key", "value"));
        String joining = addresses.get(3);
        start(GROUP, joining, List.of(), "m3");
        String old = leader(client(voters));
        Group.answer(client.addVoter(old, joining));
        Group.answer(client.transferLeadership(old, joining));
        assertThat(Group.answer(client.remove(joining, old)).voters())
                .hasSize(3)
                .contains(joining)
                .doesNotContain(old);
        Group.answer(put(client, "key", "changed"));
        assertThat(Group.answer(client.get(ReadConsistency.LINEARIZABLE, Group.bytes("key"))))
                .isEqualTo(Group.bytes("changed"));
    }

    /** What somebody does who saw another leader a moment ago, or names a member that does not run, or waits to be added. */
    @Test
    void every_change_is_done_whoever_is_asked() throws Exception {
        List<String> addresses = freeAddresses(6);
        List<String> voters = addresses.subList(0, 3);
        voters.forEach(id -> start(GROUP, id, voters, "m" + addresses.indexOf(id)));
        String joining = addresses.get(3);
        String waiting = addresses.get(4);
        String nobody = addresses.get(5);
        start(GROUP, joining, List.of(), "m3");
        start(GROUP, waiting, List.of(), "m4");
        RemoteGroup client = client(addresses.subList(0, 4));
        String leader = leader(client(voters));
        String follower = voters.get((voters.indexOf(leader) + 1) % 3);

        assertThat(Group.answer(client.addLearner(nobody, joining)).learners()).containsExactly(joining);
        assertThat(Group.answer(client.addVoter(follower, joining)).voters()).contains(joining);
        Group.answer(client.transferLeadership(follower, joining));
        assertThat(Group.answer(client.transferLeadership(waiting, joining)).voters())
                .as("handing over to the one that leads")
                .contains(joining);
        assertThat(Group.answer(client.remove(waiting, joining)).voters()).doesNotContain(joining);
    }

    @Test
    void who_answers_for_another_group_or_by_another_name_is_not_added() throws Exception {
        List<String> addresses = freeAddresses(3);
        String only = addresses.get(0);
        start(GROUP, only, List.of(only), "m0");
        start("other", addresses.get(1), List.of(), "m1");
        start(GROUP, addresses.get(2), List.of(), "m2");
        String nickname = addresses.get(2).replace("127.0.0.1", "localhost");
        RemoteGroup client = client(List.of(only));
        assertThat(leader(client)).isEqualTo(only);

        assertUnfit(client.addLearner(only, addresses.get(1)), "belongs to group 'other'");
        assertUnfit(client.addVoter(only, addresses.get(1)), "belongs to group 'other'");
        assertUnfit(client.addLearner(only, nickname), "calls itself " + addresses.get(2));
        assertUnfit(client.addVoter(only, nickname), "calls itself " + addresses.get(2));
        assertThat(Group.answer(client.status(only)).learners()).isEmpty();
        assertThat(Group.answer(client.status(only)).voters()).containsExactly(only);
    }

    private static void assertUnfit(CompletableFuture<Membership> change, String why) {
        assertThatThrownBy(() -> Group.answer(change))
                .rootCause()
                .isInstanceOfSatisfying(
                        ClusterException.ChangeRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(ClusterException.ChangeRefused.Reason.UNFIT))
                .hasMessageContaining(why);
    }

    @Test
    void members_at_ipv6_addresses_form_a_group() throws Exception {
        assumeTrue(Ipv6Loopback.isThere(), "no IPv6 address for loopback");
        List<String> addresses =
                LoopbackPorts.choose(3).stream().map(port -> "[::1]:" + port).toList();
        List<String> voters = addresses.subList(0, 2);
        voters.forEach(id -> start(GROUP, id, voters, "m" + addresses.indexOf(id)));
        String joining = addresses.get(2);
        MemberNode joined = start(GROUP, joining, List.of(), "m2");
        RemoteGroup client = client(voters);

        assertThat(Group.answer(client.addVoter(voters.get(0), joining)).voters())
                .containsExactlyInAnyOrderElementsOf(addresses);
        Group.answer(put(client, "key", "value"));
        Await.until(
                "it has followed",
                () -> joined.member().lastAppliedIndex()
                        == Group.answer(client.status(leader(client))).appliedIndex());
        assertThat(joined.member().leaderId()).isIn(voters);
    }

    @Test
    void a_change_that_nobody_takes_ends_in_time_and_says_why() throws Exception {
        List<String> nobodies = freeAddresses(2);
        RemoteGroup client = RemoteGroup.of(GROUP, nobodies, Duration.ofSeconds(1));
        open.add(0, client);
        assertThatThrownBy(() -> Group.answer(client.remove(nobodies.get(0), nobodies.get(1))))
                .rootCause()
                .hasMessageContaining("refused");
    }

    @Test
    void a_folder_of_another_member_or_group_is_refused() throws Exception {
        List<String> addresses = freeAddresses(2);
        start(GROUP, addresses.get(0), List.of(addresses.get(0)), "m").close();
        assertThatThrownBy(() -> start(GROUP, addresses.get(1), List.of(addresses.get(1)), "m"))
                .isInstanceOf(ClusterException.UntrustedStore.class)
                .hasMessageContaining(addresses.get(0))
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> start("other", addresses.get(0), List.of(addresses.get(0)), "m"))
                .isInstanceOf(ClusterException.UntrustedStore.class)
                .hasMessageContaining("group=other");
    }

    @Test
    void a_client_of_another_group_is_refused() throws Exception {
        List<String> addresses = freeAddresses(1);
        start(GROUP, addresses.get(0), addresses, "m");
        RemoteGroup stranger = RemoteGroup.of("stranger", addresses, Duration.ofSeconds(20));
        open.add(0, stranger);
        assertThatThrownBy(() -> Group.answer(stranger.status(addresses.get(0))))
                .rootCause()
                .hasMessageContaining("belongs to group 'test-group', not 'stranger'");
    }

    @Test
    void a_client_of_another_version_is_told_so() throws Exception {
        String address = freeAddresses(1).get(0);
        start(GROUP, address, List.of(address), "m");
        CompletableFuture<ClientResponse> answer = new CompletableFuture<>();
        try (RequestClient client = RaftLibrary.onClassPath().openClient()) {
            client.send(
                    address,
                    new ClientRequest(9, ClientRequest.Kind.STATUS, GROUP, new byte[0], new byte[0]),
                    5000,
                    new RequestClient.Answer() {
                        @Override
                        public void onResponse(ClientResponse response) {
                            answer.complete(response);
                        }

                        @Override
                        public void onLoss(RequestClient.Loss loss, @Nullable Throwable cause) {
                            answer.completeExceptionally(new AssertionError("answer lost: " + loss, cause));
                        }
                    });
            ClientResponse response = Group.answer(answer);

            assertThat(response.outcome()).isEqualTo(ClientResponse.Outcome.REFUSED);
            assertThat(response.text())
                    .contains("speaks version " + ClientRequest.VERSION
                            + " of its messages, was spoken to in version 9; run the same");
        }
    }

    @Test
    void a_member_that_does_not_answer_is_named() throws Exception {
        String nobody = freeAddresses(1).get(0);
        RemoteGroup client = client(List.of(nobody));
        assertThatThrownBy(() -> Group.answer(client.status(nobody)))
                .cause()
                .cause()
                .isInstanceOf(ClusterException.MemberFailed.class)
                .hasMessageContaining(nobody);
    }

    @ParameterizedTest
    @CsvSource({"nohost.invalid, has no address", "192.0.2.1, is no address of this machine"})
    void a_member_whose_host_cannot_be_listened_on_says_why(String host, String why) {
        assertThatThrownBy(() -> start(GROUP, host + ":7001", List.of(host + ":7001"), "m"))
                .isInstanceOf(ClusterException.PortInUse.class)
                .hasMessageContaining("cannot listen on " + host + ":7001: ")
                .hasMessageContaining(why)
                .hasMessageNotContaining("in use");
    }

    @Test
    void a_member_list_that_is_wrong_is_refused() {
        assertThatThrownBy(() -> start(GROUP, "127.0.0.1:7001", List.of("127.0.0.1:7001", "127.0.0.1:7001"), "m"))
                .hasMessageContaining("each id once");
        assertThatThrownBy(() -> start(GROUP, "127.0.0.1:7001", List.of("127.0.0.1:7002"), "m"))
                .hasMessageContaining("among them");
        assertThatThrownBy(() -> start(GROUP, "nonsense", List.of("nonsense"), "m"))
                .hasMessageContaining("expected host:port");
        assertThatThrownBy(() -> start("no spaces", "127.0.0.1:7001", List.of("127.0.0.1:7001"), "m"))
                .hasMessageContaining("groupId is 'no spaces'");
    }
}
