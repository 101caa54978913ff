package io.quorumark.endpoint.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.endpoint.EndpointConfig;
import io.quorumark.endpoint.HeldWalks;
import io.quorumark.endpoint.Records;
import io.quorumark.endpoint.TestGroup;
import io.quorumark.raft.ReadConsistency;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Counts of all records, which take as long as there are records, on a member whose walks stand still. */
class CountTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(ReadConsistency.class)
    void no_other_read_waits_for_a_count(ReadConsistency reads) throws IOException {
        HeldWalks walks = new HeldWalks();
        try (TestGroup group = new TestGroup(folder, 1);
                RespEndpoint endpoint = RespEndpoint.open(
                        walks.of(group.leader()), EndpointConfig.onLoopback(0).withReads(reads))) {
            List<RespClient> counting = new ArrayList<>();
            // one on each of the endpoint's event loops, and more
            for (int i = 0; i < 4; i++) {
                counting.add(new RespClient(endpoint.address()));
            }
            try (RespClient other = new RespClient(endpoint.address())) {
                assertThat(other.ask("MSET", "a", "1", "b", "2")).isEqualTo("+OK");
                for (int i = 0; i < counting.size(); i++) {
                    counting.get(i).send(i == 0 ? new String[] {"INFO", "keyspace"} : new String[] {"DBSIZE"});
                    counting.get(i).send("PING");
                }
                walks.awaitOne();
                assertThat(other.ask("GET", "a")).isEqualTo("$1");
                assertThat(other.ask("SET", "c", "3")).isEqualTo("+OK");
                walks.letGo();
                assertThat(other.ask("DBSIZE")).isEqualTo(":3");
                for (RespClient client : counting) {
                    assertThat(client.read()).matches("(?s)(:|.*keys=)[23].*");
                    assertThat(client.read()).isEqualTo("+PONG");
                }
            } finally {
                walks.letGo();
                for (RespClient client : counting) {
                    client.close();
                }
            }
            assertThat(walks.begun()).as("walks for five counts").isLessThanOrEqualTo(4);
        }
    }

    @Test
    void a_count_that_finds_no_thread_fails_and_the_next_one_does_not_wait_for_it() throws Exception {
        AtomicBoolean failed = new AtomicBoolean();
        ThreadFactory failsOnce = work -> {
            if (failed.compareAndSet(false, true)) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            Thread thread = new Thread(work);
            thread.setDaemon(true);
            return thread;
        };
        try (TestGroup group = new TestGroup(folder, 1);
                RecordCount count =
                        new RecordCount(new Records(group.leader()), ReadConsistency.LINEARIZABLE, failsOnce)) {
            assertThatThrownBy(() -> count.get().get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(OutOfMemoryError.class);
            assertThat(count.get().get(20, TimeUnit.SECONDS)).isZero();
        }
    }
}
