package io.quorumark.raft;

/** Why a handshake failed or a connection broke, for people. */
public final class TlsFailure {
    private static final int MOST_CHARACTERS = 200;

    private TlsFailure() {}

    /** In one short line, whatever the other side has sent: what failed, and what is behind it. */
    public static String why(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String words = String.valueOf(failure.getMessage());
        String cause = String.valueOf(root.getMessage());
        String line = (words.contains(cause) ? words : words + " (" + cause + ")").replaceAll("\\s+", " ");
        return line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS) + "…";
    }
}
