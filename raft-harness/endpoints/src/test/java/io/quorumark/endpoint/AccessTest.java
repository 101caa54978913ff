package io.quorumark.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.endpoint.Access.Refusal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passwords, and those who guess them. */
class AccessTest {
    private static final byte[] RIGHT = bytes("secret");
    private static final byte[] WRONG = bytes("secreT");

    @TempDir
    Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private final Access access = Access.with(Password.of("secret")).withClock(nanos::get);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static InetSocketAddress from(int... address) throws UnknownHostException {
        byte[] octets = new byte[address.length];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) address[i];
        }
        return new InetSocketAddress(InetAddress.getByAddress(octets), 1);
    }

    @Test
    void nothing_but_the_whole_password_is_right() throws Exception {
        assertThat(access.check(from(10, 0, 0, 1), RIGHT)).isNull();
        for (String wrong : new String[] {"", "secre", "secrets", "SECRET", " secret", "secret\n"}) {
            assertThat(access.check(from(10, 0, 0, 2), bytes(wrong))).isEqualTo(Refusal.WRONG_PASSWORD);
        }
    }

    @Test
    void an_address_that_guesses_is_slowed_down_and_no_other_one() throws Exception {
        for (int i = 0; i < FailedAttempts.BURST; i++) {
            assertThat(access.check(from(10, 0, 0, 1), WRONG)).isEqualTo(Refusal.WRONG_PASSWORD);
        }
        assertThat(access.check(from(10, 0, 0, 1), WRONG)).isEqualTo(Refusal.TOO_MANY_ATTEMPTS);
        assertThat(access.check(from(10, 0, 0, 1), RIGHT)).isEqualTo(Refusal.TOO_MANY_ATTEMPTS);
        assertThat(access.checkAgain(from(10, 0, 0, 1), RIGHT)).isNull();
        assertThat(access.check(from(10, 0, 0, 2), RIGHT)).isNull();
        int guesses = 0;
        for (int second = 0; second < 60; second++) {
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
            for (int i = 0; i < 100; i++) {
                guesses += access.check(from(10, 0, 0, 1), WRONG) == Refusal.WRONG_PASSWORD ? 1 : 0;
            }
        }
        assertThat(guesses).isBetween(59, 61);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(access.check(from(10, 0, 0, 1), RIGHT)).isNull();
    }

    @Test
    void a_host_with_many_addresses_of_version_6_counts_as_one() throws Exception {
        for (int i = 0; i < FailedAttempts.BURST; i++) {
            assertThat(access.check(from(32, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, i), WRONG))
                    .isEqualTo(Refusal.WRONG_PASSWORD);
        }
        assertThat(access.check(from(32, 1, 0, 0, 0, 0, 0, 1, 9, 9, 9, 9, 9, 9, 9, 9), WRONG))
                .isEqualTo(Refusal.TOO_MANY_ATTEMPTS);
    }

    @Test
    void memory_of_those_who_guess_is_bounded() throws Exception {
        FailedAttempts attempts = new FailedAttempts();
        for (int i = 0; i < 3 * FailedAttempts.MOST_ADDRESSES; i++) {
            attempts.failed(from(10, i >> 16 & 255, i >> 8 & 255, i & 255).getAddress(), i);
        }
        assertThat(attempts.addresses()).isEqualTo(FailedAttempts.MOST_ADDRESSES);
    }

    @Test
    void a_password_file_is_its_owners_alone() throws Exception {
        Path file = Files.writeString(folder.resolve("password"), "secret\nnot this\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(Password.read(file).matches(RIGHT)).isTrue();
        for (String open : new String[] {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-"}) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(open));
            assertThatThrownBy(() -> Password.read(file))
                    .isInstanceOf(EndpointException.class)
                    .hasMessageContaining("others than its owner; run chmod 600");
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(file, "\nsecret\n");
        assertThatThrownBy(() -> Password.read(file)).hasMessageContaining("first line of 0 bytes, expected 1 to 512");
        for (String blank : List.of(" secret", "secret ", "secret\t", " ")) {
            Files.writeString(file, blank + "\n");
            assertThatThrownBy(() -> Password.read(file))
                    .isInstanceOf(EndpointException.class)
                    .hasMessage("password file '" + file + "' has a first line that begins or ends with a blank, which"
                            + " HTTP takes away from what a client shows; expected a password without");
        }
        Files.writeString(file, "se cret\n");
        assertThat(Password.read(file).matches("se cret".getBytes(StandardCharsets.UTF_8)))
                .isTrue();
        assertThatThrownBy(() -> Password.read(folder.resolve("none"))).hasMessageContaining("cannot be read");
    }
}
