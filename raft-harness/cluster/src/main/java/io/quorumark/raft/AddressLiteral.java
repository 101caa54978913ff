package io.quorumark.raft;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses in words. One address has several: {@code ::1} and {@code 0:0:0:0:0:0:0:1}. */
final class AddressLiteral {
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");

    private AddressLiteral() {}

    /** The address that {@code host} is, in brackets or not if it is of version 6; null for anything else. Looks up no name. */
    static @Nullable InetAddress of(String host) {
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        String bare = bracketed ? host.substring(1, host.length() - 1) : host;
        boolean ofVersion6 = IPV6.matcher(bare).matches();
        if (!ofVersion6 && (bracketed || !IPV4.matcher(bare).matches())) {
            return null;
        }
        try {
            // what is in brackets is looked up nowhere
            return InetAddress.getByName(ofVersion6 ? "[" + bare + "]" : bare);
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
