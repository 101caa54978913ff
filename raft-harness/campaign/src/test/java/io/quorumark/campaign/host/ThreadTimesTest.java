package io.quorumark.campaign.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThreadTimesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path tasks;

    @Test
    void threads_of_one_name_are_added_up_and_new_ones_counted_whole() throws Exception {
        thread("10", "rocksdb:low", 1_000);
        thread("11", "JRaft-FSMCaller", 5_000);
        ThreadTimes before = ThreadTimes.of(tasks);
        thread("10", "rocksdb:low", 4_000);
        thread("12", "rocksdb:low", 700);

        assertThat(ThreadTimes.of(tasks).since(before)).isEqualTo(Map.of("rocksdb:low", 3_700L, "JRaft-FSMCaller", 0L));
    }

    @Test
    void a_number_given_to_another_thread_counts_from_its_start() throws Exception {
        thread("10", "old", 9_000);
        ThreadTimes before = ThreadTimes.of(tasks);
        thread("10", "new", 400);

        assertThat(ThreadTimes.of(tasks).since(before)).isEqualTo(Map.of("new", 400L));
    }

    @Test
    void a_thread_that_ended_while_it_was_read_is_left_out() throws Exception {
        Files.createDirectories(tasks.resolve("13"));

        assertThat(ThreadTimes.of(tasks).since(ThreadTimes.none())).isEmpty();
    }

    @Test
    void this_process_has_threads_where_the_system_tells() throws Exception {
        Map<String, Long> nanos = ThreadTimes.now().since(ThreadTimes.none());

        assertThat(nanos.isEmpty())
                .isEqualTo(!Files.isReadable(Path.of("/proc/self/task/self/schedstat"))
                        && !Files.isReadable(Path.of("/proc/self/schedstat")));
    }

    private void thread(String id, String name, long nanos) throws IOException {
        Path folder = Files.createDirectories(tasks.resolve(id));
        Files.writeString(folder.resolve("comm"), name + "\n");
        Files.writeString(folder.resolve("schedstat"), nanos + " 3 4\n");
    }
}
