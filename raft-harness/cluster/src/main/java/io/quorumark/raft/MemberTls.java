package io.quorumark.raft;

import java.nio.file.Path;

/**
 * TLS between members, and between clients and members: both sides show a certificate, and each refuses one that it does not trust. Nobody
 * poses as a member: who dials one refuses a certificate that does not name its host, and members take each other's messages only from who
 * shows a certificate that does. One setting for the JVM, to be applied before anything connects or listens.
 */
public final class MemberTls {
    private MemberTls() {}

    /**
     * Turns TLS on for every member and client of this JVM.
     *
     * @param keystore as {@link TlsKeys#read} takes it
     * @param password of the keystore and the key
     * @throws IllegalArgumentException the keystore cannot be used; one line
     */
    public static void apply(Path keystore, String password) {
        RaftLibrary.onClassPath().useTls(TlsKeys.read(keystore, password));
    }

    /**
     * Like {@link #apply}, for a JVM with a member.
     *
     * @param memberId of the member, whose host the certificate must name
     * @throws IllegalArgumentException the keystore cannot be used, or everybody would refuse its certificate; one line
     */
    public static void applyToMember(Path keystore, String password, String memberId) {
        RaftLibrary.onClassPath().useTls(keysOfMember(keystore, password, memberId));
    }

    /** What {@link #applyToMember} uses; throws like it. */
    static TlsKeys keysOfMember(Path keystore, String password, String memberId) {
        TlsKeys keys = TlsKeys.read(keystore, password);
        CertificateHosts hosts = CertificateHosts.of(keys.certificate());
        String host = MemberAddress.of(memberId).host();
        if (!hosts.include(host)) {
            throw new IllegalArgumentException("keystore '" + keystore + "' has a certificate for the hosts "
                    + hosts.names() + ", expected " + host
                    + " among them, as whoever dials this member looks for it; make one with -ext SAN=ip: or SAN=dns:");
        }
        return keys;
    }
}
