package io.quorumark.endpoint.http;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a request asks for: the part of its first line between method and version (RFC 9112, section 3.2).
 *
 * @param path as sent, percent signs included; {@code *} for the server itself
 * @param query as sent, without the question mark; empty if there is none
 */
record RequestTarget(String path, String query) {
    static final String WHOLE_SERVER = "*";
    private static final int LONGEST_SHOWN = 80;

    /**
     * Takes {@code /path?query}, {@code http://host/path?query} and {@code *}.
     *
     * @throws IllegalArgumentException it is none of them
     */
    static RequestTarget parse(String sent) {
        for (int i = 0; i < sent.length(); i++) {
            char c = sent.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '#') {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "character 0x%02x at position %d of the request's target is not allowed, expected it as %s",
                        (int) c,
                        i,
                        "a percent sign and two hexadecimal digits for each of its bytes"));
            }
        }
        if (sent.equals(WHOLE_SERVER)) {
            return new RequestTarget(WHOLE_SERVER, "");
        }
        String origin = sent.startsWith("/") ? sent : withoutAuthority(sent);
        int query = origin.indexOf('?');
        return query < 0
                ? new RequestTarget(origin, "")
                : new RequestTarget(origin.substring(0, query), origin.substring(query + 1));
    }

    /** As proxies and some clients send it; the host in it stands for the one in the Host header. */
    private static String withoutAuthority(String sent) {
        int scheme = sent.indexOf("://");
        String name = scheme < 0 ? "" : sent.substring(0, scheme).toLowerCase(Locale.ROOT);
        if (!name.equals("http") && !name.equals("https")) {
            throw malformed(sent);
        }
        int begin = scheme + "://".length();
        int end = begin;
        while (end < sent.length() && sent.charAt(end) != '/' && sent.charAt(end) != '?') {
            end++;
        }
        if (end == begin || !HostHeader.isValid(sent.substring(begin, end))) {
            throw malformed(sent);
        }
        String rest = sent.substring(end);
        return rest.startsWith("/") ? rest : "/" + rest;
    }

    private static IllegalArgumentException malformed(String sent) {
        String shown = sent.length() > LONGEST_SHOWN ? sent.substring(0, LONGEST_SHOWN) + "…" : sent;
        return new IllegalArgumentException(
                "the request's target is '" + shown + "', expected /path, http://host/path or *");
    }

    /**
     * One parameter as text.
     *
     * @throws IllegalArgumentException it is malformed
     */
    String parameter(String name, String otherwise) {
        return parameters()
                .filter(one -> one.name.equals(name))
                .findFirst()
                .map(one -> PercentCoding.text(one.value))
                .orElse(otherwise);
    }

    /** One parameter as it was sent, since keys are bytes and not text; empty if it is not there. */
    String rawParameter(String name) {
        return parameters()
                .filter(one -> one.name.equals(name))
                .findFirst()
                .map(one -> one.value)
                .orElse("");
    }

    /** @throws IllegalArgumentException a parameter is none of these, or is given twice: a misspelt one must not be taken for left out */
    void requireOnly(Set<String> known) {
        List<String> names = parameters().map(Parameter::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("parameter '" + name + "' is not known at " + path + ", expected "
                        + (known.isEmpty()
                                ? "none"
                                : String.join(", ", known.stream().sorted().toList())));
            }
            if (names.indexOf(name) != names.lastIndexOf(name)) {
                throw new IllegalArgumentException("parameter '" + name + "' is given twice, expected it once");
            }
        }
    }

    /** As sent. */
    private record Parameter(String name, String value) {}

    /** Ampersands alone stand between them: a semicolon is part of a value. */
    private Stream<Parameter> parameters() {
        return Arrays.stream(query.split("&"))
                .filter(pair -> !pair.isEmpty())
                .map(pair -> pair.split("=", 2))
                .map(pair -> new Parameter(pair[0], pair.length == 1 ? "" : pair[1]));
    }
}
