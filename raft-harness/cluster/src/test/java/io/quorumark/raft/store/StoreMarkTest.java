package io.quorumark.raft.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.engine.Durability;
import io.quorumark.raft.store.StoreMark.End;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreMarkTest {
    @TempDir
    Path folder;

    @Test
    void a_mark_is_written_in_the_words_that_folders_have_held_from_the_beginning() throws Exception {
        Path file = folder.resolve("mark");
        for (End end : End.values()) {
            StoreMark mark = new StoreMark(
                    "boot",
                    end,
                    new StoreMark.Store("lmdb", Durability.POWER_LOSS),
                    new StoreMark.Store("mapdb", Durability.NONE));
            mark.write(file);

            assertThat(StoreMark.read(file)).contains(mark);
        }
        assertThat(file).hasContent("""
                boot.id=boot
                end=SYNCED
                log.engine=lmdb
                log.durability=POWER_LOSS
                state.engine=mapdb
                state.durability=NONE
                """);
        for (Durability level : Durability.values()) {
            Files.writeString(
                    file,
                    "boot.id=\nend=CLOSED\nlog.engine=e\nlog.durability=" + level.code()
                            + "\nstate.engine=e\nstate.durability=NONE\n");
            assertThat(StoreMark.read(file))
                    .map(mark -> mark.log().durability())
                    .contains(level);
        }
        Files.writeString(file, Files.readString(file).replace("CLOSED", "2"));
        assertThat(StoreMark.read(file)).as("what no version has written").isEmpty();
    }
}
