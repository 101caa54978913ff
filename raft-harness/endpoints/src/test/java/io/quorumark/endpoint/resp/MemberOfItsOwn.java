package io.quorumark.endpoint.resp;

import io.quorumark.endpoint.EndpointConfig;
import io.quorumark.endpoint.TestGroup;
import java.io.IOException;
import java.nio.file.Path;

/** A group of one in a process of its own: prints the endpoint's port, and runs until its input ends. */
final class MemberOfItsOwn {
    private MemberOfItsOwn() {}

    public static void main(String[] folder) throws IOException {
        try (TestGroup group = new TestGroup(Path.of(folder[0]), 1);
                RespEndpoint endpoint = RespEndpoint.open(group.leader(), EndpointConfig.onLoopback(0))) {
            System.out.println(endpoint.address().getPort());
            if (System.in.read() >= 0) {
                throw new IllegalStateException("expected the end of the input");
            }
        }
    }
}
