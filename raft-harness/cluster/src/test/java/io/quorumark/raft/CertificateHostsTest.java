package io.quorumark.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.raft.fixture.Keystores;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateHostsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "0:0:0:0:0:0:0:1, [::1], true",
        "0:0:0:0:0:0:0:1, [0:0:0:0:0:0:0:1], true",
        "0:0:0:0:0:0:0:1, [0000::0001], true",
        "0:0:0:0:0:0:0:1, ::1, true",
        "0:0:0:0:0:0:0:1, [::2], false",
        "2001:db8:0:0:0:0:0:a, [2001:DB8::A], true",
        "2001:db8:0:0:0:0:0:a, [cafe], false",
        "10.0.0.1, 10.0.0.1, true",
        "10.0.0.1, 10.0.0.2, false",
        "10.0.0.1, [10.0.0.1], false",
        "*.0.0.1, 10.0.0.1, false",
        "n1.example, N1.Example, true",
        "*.example, n1.example, true",
        "*.example, n1.n2.example, false",
        "*.example, example, false",
        "*.example, '', false",
        "'', '', true",
        "'', [], false",
        "256.0.0.1, 256.0.0.1, true",
    })
    void includes(String name, String host, boolean included) {
        assertThat(new CertificateHosts(List.of("other.invalid", name)).include(host))
                .isEqualTo(included);
    }

    @Test
    void a_member_at_an_ipv6_address_starts_with_a_certificate_for_it() throws Exception {
        Path keystore = new Keystores(folder).alone("ipv6", "-ext", "SAN=ip:::1");
        for (String id : List.of("[::1]:7001", "[0:0:0:0:0:0:0:1]:7001")) {
            assertThat(MemberTls.keysOfMember(keystore, Keystores.PASSWORD, id).certificate())
                    .as(id)
                    .isNotNull();
        }
        assertThatThrownBy(() -> MemberTls.keysOfMember(keystore, Keystores.PASSWORD, "[::2]:7001"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has a certificate for the hosts [0:0:0:0:0:0:0:1], expected [::2] among them");
    }
}
