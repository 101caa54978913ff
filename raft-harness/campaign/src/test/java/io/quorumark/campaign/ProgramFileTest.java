package io.quorumark.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramFileTest {
    @TempDir
    Path folder;

    /** The example of FIPS 180-2, appendix B.1. */
    @Test
    void it_is_known_by_the_digest_of_its_bytes() throws Exception {
        Path jar = Files.writeString(folder.resolve("quorumark.jar"), "abc");

        assertThat(ProgramFile.digest(jar))
                .isEqualTo("SHA-256 ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void classes_in_a_folder_are_no_program_file() throws Exception {
        assertThat(ProgramFile.digest()).isEmpty();
    }
}
