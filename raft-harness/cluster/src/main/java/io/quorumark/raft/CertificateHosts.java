package io.quorumark.raft;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * The hosts that a certificate is for: its subject alternative names.
 *
 * @param names host names, which may begin with {@code *.}, and addresses
 */
public record CertificateHosts(List<String> names) {
    private static final Integer DNS_NAME = 2;
    private static final Integer IP_ADDRESS = 7;

    public CertificateHosts {
        names = List.copyOf(names);
    }

    public static CertificateHosts of(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            if (all != null) {
                for (List<?> name : all) {
                    if (name.get(0).equals(DNS_NAME) || name.get(0).equals(IP_ADDRESS)) {
                        names.add(String.valueOf(name.get(1)));
                    }
                }
            }
        } catch (CertificateParsingException e) {
            // names that cannot be read are no names to whoever compares them
            names.clear();
        }
        return new CertificateHosts(names);
    }

    /**
     * Whether a host is among them, as whoever dials it compares them: an address, in brackets or not, with addresses however they are
     * written, a name with names, of which {@code *.} stands for one part.
     */
    public boolean include(String host) {
        InetAddress address = AddressLiteral.of(host);
        if (address != null) {
            return names.stream().anyMatch(name -> address.equals(AddressLiteral.of(name)));
        }
        String wanted = host.toLowerCase(Locale.ROOT);
        int dot = wanted.indexOf('.');
        String anyBesideIt = dot < 0 ? wanted : "*" + wanted.substring(dot);
        return names.stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .anyMatch(name -> name.equals(wanted) || name.equals(anyBesideIt));
    }
}
