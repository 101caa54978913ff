package io.quorumark.campaign.node;

import io.quorumark.campaign.support.UsageError;
import io.quorumark.endpoint.Access;
import io.quorumark.endpoint.EndpointException;
import io.quorumark.endpoint.http.HttpEndpoint;
import io.quorumark.endpoint.resp.RespEndpoint;
import io.quorumark.raft.Member;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The endpoints of one member, as far as its configuration asks for them. */
final class Endpoints implements AutoCloseable {
    private @Nullable RespEndpoint resp;
    private @Nullable HttpEndpoint http;

    private Endpoints() {}

    /** @throws UsageError an address cannot be had */
    static Endpoints open(Member member, NodeConfig config, Path file, Access who) {
        Endpoints endpoints = new Endpoints();
        try {
            if (config.resp() != null) {
                endpoints.resp = RespEndpoint.open(member, config.endpoint(config.resp(), file, who));
            }
            if (config.http() != null) {
                endpoints.http = HttpEndpoint.open(
                        member,
                        config.endpoint(config.http(), file, who),
                        endpoints.resp == null ? List.of() : List.of(endpoints.resp.statistics()));
            }
            return endpoints;
        } catch (EndpointException e) {
            endpoints.close();
            throw new UsageError(String.valueOf(e.getMessage()));
        }
    }

    /** Such as {@code ; Redis clients at 127.0.0.1:6380, HTTP at 127.0.0.1:8080}; empty if there are none. */
    String places() {
        List<String> places = new ArrayList<>();
        if (resp != null) {
            places.add("Redis clients at " + text(resp.address()));
        }
        if (http != null) {
            places.add("HTTP at " + text(http.address()));
        }
        return places.isEmpty() ? "" : "; " + String.join(", ", places);
    }

    private static String text(InetSocketAddress address) {
        return address.getHostString() + ":" + address.getPort();
    }

    @Override
    public void close() {
        if (resp != null) {
            resp.close();
        }
        if (http != null) {
            http.close();
        }
    }
}
