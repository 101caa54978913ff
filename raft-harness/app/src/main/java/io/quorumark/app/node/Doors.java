package io.quorumark.app.node;

import io.quorumark.app.UsageError;
import io.quorumark.door.DoorException;
import io.quorumark.door.http.HttpDoor;
import io.quorumark.door.resp.RespDoor;
import io.quorumark.raft.Member;
import org.jspecify.annotations.Nullable;

/** The doors of one member, as far as its configuration asks for them. */
final class Doors implements AutoCloseable {
    private @Nullable RespDoor resp;
    private @Nullable HttpDoor http;

    private Doors() {}

    /** @throws UsageError an address cannot be had */
    static Doors open(Member member, NodeConfig config) {
        Doors doors = new Doors();
        try {
            if (config.resp() != null) {
                doors.resp = RespDoor.open(member, config.door(config.resp()));
            }
            if (config.http() != null) {
                doors.http = HttpDoor.open(member, config.door(config.http()));
            }
            return doors;
        } catch (DoorException e) {
            doors.close();
            throw new UsageError(String.valueOf(e.getMessage()));
        }
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
