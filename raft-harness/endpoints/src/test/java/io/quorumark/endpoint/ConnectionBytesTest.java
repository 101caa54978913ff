package io.quorumark.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

class ConnectionBytesTest {
    private static final int FREE = ConnectionBytes.FREE_BYTES;

    private final ByteBudget shared = new ByteBudget(1000);

    private ConnectionBytes connection() {
        return new ConnectionBytes(shared, 3L * FREE);
    }

    @Test
    void every_connection_has_its_first_bytes_free() {
        ConnectionBytes greedy = connection();
        assertThat(greedy.take(FREE + 1000)).isTrue();
        assertThat(shared.heldBytes()).isEqualTo(1000);
        assertThat(greedy.isInTheWay()).isTrue();
        ConnectionBytes other = connection();
        assertThat(other.take(FREE)).isTrue();
        assertThat(other.isInTheWay()).isFalse();
        assertThat(other.take(1)).as("beyond what is free").isFalse();
        assertThat(other.takeBeyond(1)).isFalse();
        other.giveBack(1);
        assertThat(other.take(1)).isTrue();
        greedy.giveBack(1);
        assertThat(other.take(1)).isTrue();
        assertThat(shared.heldBytes()).isEqualTo(1000);
    }

    @Test
    void a_connection_has_a_limit_of_its_own() {
        ByteBudget plenty = new ByteBudget(1 << 20);
        ConnectionBytes connection = new ConnectionBytes(plenty, FREE);
        assertThat(connection.take(FREE)).isTrue();
        assertThat(connection.take(0)).isTrue();
        assertThat(connection.take(1)).isFalse();
        assertThat(connection.takeBeyond(1)).isTrue();
        assertThat(connection.take(0)).isFalse();
        connection.giveBack(1);
        assertThat(connection.take(0)).isTrue();
        assertThat(plenty.heldBytes()).isZero();
    }

    @Test
    void what_must_be_held_is_held_without_room() {
        ConnectionBytes connection = connection();
        connection.takeAnyway(FREE + 5000);
        assertThat(shared.heldBytes()).isEqualTo(5000);
        connection.giveBack(5000);
        assertThat(shared.heldBytes()).isZero();
    }

    @Test
    void a_closed_connection_holds_nothing_whatever_is_still_taken_or_given_back() {
        ConnectionBytes connection = connection();
        assertThat(connection.take(FREE + 700)).isTrue();
        connection.close();
        assertThat(shared.heldBytes()).isZero();
        assertThat(connection.take(5000)).isTrue();
        connection.takeAnyway(5000);
        connection.giveBack(FREE + 10_700);
        connection.close();
        assertThat(shared.heldBytes()).isZero();
    }

    @Test
    void nothing_is_lost_between_threads() {
        ConnectionBytes one = new ConnectionBytes(shared, Long.MAX_VALUE);
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(CompletableFuture.runAsync(() -> {
                for (int turn = 0; turn < 50_000; turn++) {
                    int bytes = ThreadLocalRandom.current().nextInt(2000);
                    if (turn % 5 == 0) {
                        one.takeAnyway(bytes);
                        one.giveBack(bytes);
                    } else if (one.take(bytes)) {
                        one.giveBack(bytes);
                    }
                }
            }));
        }
        threads.forEach(CompletableFuture::join);
        assertThat(shared.heldBytes()).isZero();
        assertThat(one.take(FREE + 1000)).isTrue();
        assertThat(one.take(1)).isFalse();
    }

    @Test
    void endpoints_have_a_part_of_the_heap_and_room_for_the_longest_request_and_reply() {
        EndpointMemory large = EndpointMemory.ofHeap(4L << 30);
        assertThat(large.requests().maxBytes()).isEqualTo(1L << 30);
        assertThat(large.replies().maxBytes()).isEqualTo(1L << 30);
        EndpointMemory small = EndpointMemory.ofHeap(64L << 20);
        assertThat(small.requests().maxBytes()).isEqualTo(24L << 20);
        assertThat(small.replies().maxBytes()).isEqualTo(2 * Records.mostReplyBytes(64L << 20));
    }
}
