package io.quorumark.app.node;

import io.quorumark.app.UsageError;
import io.quorumark.door.Access;
import io.quorumark.door.DoorException;
import io.quorumark.door.http.HttpDoor;
import io.quorumark.door.resp.RespDoor;
import io.quorumark.raft.Member;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The doors of one member, as far as its configuration asks for them. */
final class Doors implements AutoCloseable {
    private @Nullable RespDoor resp;
    private @Nullable HttpDoor http;

    private Doors() {}

    /** @throws UsageError an address cannot be had */
    static Doors open(Member member, NodeConfig config, Path file, Access who) {
        Doors doors = new Doors();
        try {
            if (config.resp() != null) {
                doors.resp = RespDoor.open(member, config.door(config.resp(), file, who));
            }
            if (config.http() != null) {
                doors.http = HttpDoor.open(
                        member,
                        config.door(config.http(), file, who),
                        doors.resp == null ? List.of() : List.of(doors.resp.statistics()));
            }
            return doors;
        } catch (DoorException e) {
            doors.close();
            throw new UsageError(String.valueOf(e.getMessage()));
        }
    }

    /** Such as {@code ; Redis clients at 127.0.0.1:6380, HTTP at 127.0.0.1:8080}; empty where there are none. */
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
