package io.quorumark.app.cli;

import io.quorumark.campaign.host.ToolRun;
import io.quorumark.campaign.support.HarnessException;
import io.quorumark.campaign.support.UsageError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A commit in a work tree of its own, beside the user's, which it leaves alone. Closing it removes the work tree; safe to call twice, and
 * from a shutdown hook.
 */
final class RevisionCheckout implements AutoCloseable {
    /** For the checkout of a large repository on a slow disk. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Path repository;
    private final Path folder;
    private final String commit;
    private boolean closed;

    private RevisionCheckout(Path repository, Path folder, String commit) {
        this.repository = repository;
        this.folder = folder;
        this.commit = commit;
    }

    /**
     * Checks a revision out.
     *
     * @param repository any folder of it
     * @param revision whatever {@code git rev-parse} understands
     * @param folder absent, in an existing folder
     * @throws UsageError there is no such repository or commit
     * @throws HarnessException git fails otherwise
     */
    static RevisionCheckout add(Path repository, String revision, Path folder) throws IOException {
        ToolRun commit =
                git(repository, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}");
        if (commit.status() != 0) {
            throw new UsageError("revision '" + revision + "' is no commit of the repository '" + repository
                    + "', expected a branch, a tag or a hash; fetch it first");
        }
        String hash = commit.said().strip();
        ToolRun added = git(repository, "worktree", "add", "--quiet", "--detach", folder.toString(), hash);
        if (added.status() != 0) {
            throw new HarnessException("git worktree add failed for '" + revision + "': "
                    + added.said().strip());
        }
        return new RevisionCheckout(repository, folder, hash);
    }

    Path folder() {
        return folder;
    }

    /** The full hash. */
    String commit() {
        return commit;
    }

    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        ToolRun removed = git(repository, "worktree", "remove", "--force", folder.toString());
        if (removed.status() != 0) {
            throw new HarnessException("the work tree '" + folder + "' is left behind: "
                    + removed.said().strip() + "; remove it with git worktree remove --force");
        }
    }

    private static ToolRun git(Path repository, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("git", "-C", repository.toString()));
        command.addAll(List.of(arguments));
        if (!Files.isDirectory(repository)) {
            throw new UsageError("'" + repository + "' is no folder, expected a git repository");
        }
        return ToolRun.within(PATIENCE, new ProcessBuilder(command).redirectErrorStream(true))
                .orElseThrow(() -> new HarnessException("'" + String.join(" ", command) + "' took longer than "
                        + PATIENCE.toMinutes() + " minutes and was killed; run it by hand to see what it waits for"));
    }
}
