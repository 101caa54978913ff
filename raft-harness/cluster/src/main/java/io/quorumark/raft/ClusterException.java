package io.quorumark.raft;

import org.jspecify.annotations.Nullable;

/** A group could not be started, stopped or used as asked. The message is one line: what, and what to do about it. */
public sealed class ClusterException extends RuntimeException {
    ClusterException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** A TCP port is taken. */
    public static final class PortInUse extends ClusterException {
        PortInUse(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** No leader was elected in time. */
    public static final class NoLeader extends ClusterException {
        NoLeader(String message) {
            super(message, null);
        }
    }

    /** What is stored in a member's folder cannot be trusted, and nothing else can stand in for it; or it belongs to another group. */
    public static final class UntrustedStore extends ClusterException {
        UntrustedStore(String message) {
            super(message, null);
        }
    }

    /** A member stopped working: its engine or its disk failed. */
    public static final class MemberFailed extends ClusterException {
        MemberFailed(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** An operation on a remote group ended without result; {@link #failure} says whether to try again. */
    public static final class OperationFailed extends ClusterException {
        private final transient RaftFailure failure;

        OperationFailed(RaftFailure failure) {
            super(failure.code() + ": " + failure.detail(), null);
            this.failure = failure;
        }

        public RaftFailure failure() {
            return failure;
        }
    }
}
