package io.quorumark.raft.jraft;

import com.alipay.sofa.jraft.rpc.RpcContext;
import com.alipay.sofa.jraft.rpc.RpcProcessor;
import io.quorumark.raft.RequestHandler;
import io.quorumark.raft.message.ClientRequest;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;

/** Hands requests that the library's RPC receives to a member's handler. */
final class ClientRequestProcessor implements RpcProcessor<ClientRequest> {
    private static final String LET_IN = "quorumark.letIn";

    private final RequestHandler handler;

    ClientRequestProcessor(RequestHandler handler) {
        this.handler = handler;
    }

    @Override
    public String interest() {
        return ClientRequest.class.getName();
    }

    @Override
    public Executor executor() {
        return handler.executor();
    }

    @Override
    public void handleRequest(RpcContext context, ClientRequest request) {
        handler.handle(new ConnectedCaller(context), request, context::sendResponse);
    }

    private record ConnectedCaller(RpcContext context) implements RequestHandler.Caller {
        @Override
        public InetSocketAddress address() {
            String remote = context.getRemoteAddress();
            int colon = remote.lastIndexOf(':');
            return colon < 0
                    ? InetSocketAddress.createUnresolved("unknown", 0)
                    : new InetSocketAddress(remote.substring(0, colon), Integer.parseInt(remote.substring(colon + 1)));
        }

        @Override
        public boolean isLetIn() {
            return context.getConnection().getAttribute(LET_IN) != null;
        }

        @Override
        public void letIn() {
            context.getConnection().setAttribute(LET_IN, true);
        }
    }
}
