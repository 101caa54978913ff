package io.quorumark.raft;

import io.quorumark.raft.message.ClientResponse;
import org.jspecify.annotations.Nullable;

/** A group could not be started, stopped or used as asked. The message is one line: what, and what to do about it. */
public sealed class ClusterException extends RuntimeException {
    ClusterException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** A TCP port is taken. */
    public static final class PortInUse extends ClusterException {
        public PortInUse(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** No leader was elected, or found, in time. */
    public static final class NoLeader extends ClusterException {
        NoLeader(String message) {
            super(message, null);
        }
    }

    /** What is stored in a member's folder cannot be trusted, and nothing else can stand in for it; or it belongs to another group. */
    public static final class UntrustedStore extends ClusterException {
        public UntrustedStore(String message) {
            super(message, null);
        }
    }

    /** A member stopped working: its engine or its disk failed. */
    public static final class MemberFailed extends ClusterException {
        public MemberFailed(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** A change of the group's members was not done, or is not known to be; {@link #reason} says what can be done about it. */
    public static final class ChangeRefused extends ClusterException {
        /** What to do. */
        public enum Reason {
            /** The member that was asked belongs to no group, or not any more; ask one that does. */
            OUTSIDE("OUTSIDE"),
            /** The member that was asked is stopped, or stopped meanwhile. The change may have been done. */
            STOPPED("STOPPED"),
            /** The group did not agree in time. The change may yet be done; asking again goes on with it. */
            NOT_IN_TIME("NOT_IN_TIME"),
            /** A voter cannot be made a learner; remove it first. */
            IS_VOTER("IS_VOTER"),
            /** Only a voter can lead; make it one first. */
            NOT_VOTER("NOT_VOTER"),
            /** What is to be removed does not belong to the group. */
            UNKNOWN_MEMBER("UNKNOWN_MEMBER"),
            /** A group needs a voter; add another one before this one is removed. */
            LAST_VOTER("LAST_VOTER"),
            /** The member that is to be added belongs to another group, or speaks another version of the messages. */
            UNFIT("UNFIT");

            private final String code;

            Reason(String code) {
                this.code = code;
            }

            /** The first word of the answer. */
            String code() {
                return code;
            }

            /** Whether the same change may be done when it is asked for again, perhaps of another member. */
            public boolean mayPass() {
                return this == OUTSIDE || this == STOPPED || this == NOT_IN_TIME;
            }
        }

        private final Reason reason;

        ChangeRefused(Reason reason, String message) {
            super(message, null);
            this.reason = reason;
        }

        public Reason reason() {
            return reason;
        }

        /** What a member answers with instead of agreeing. */
        ClientResponse toResponse() {
            return ClientResponse.of(ClientResponse.Outcome.REFUSED, reason.code() + " " + getMessage());
        }

        static ChangeRefused of(ClientResponse response) {
            for (Reason reason : Reason.values()) {
                if (response.text().startsWith(reason.code() + " ")) {
                    return new ChangeRefused(
                            reason, response.text().substring(reason.code().length() + 1));
                }
            }
            return new ChangeRefused(
                    response.outcome() == ClientResponse.Outcome.REFUSED ? Reason.UNFIT : Reason.STOPPED,
                    response.text());
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
