package io.quorumark.campaign;

import io.quorumark.campaign.host.ToolRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The source that this program was built from, as far as its checkout can tell.
 *
 * @param revision the commit, or {@code unknown} if there is no checkout or no git
 * @param dirty whether tracked files differ from it
 */
record GitCheckout(String revision, boolean dirty) {
    private static final GitCheckout UNKNOWN = new GitCheckout("unknown", false);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** The checkout that {@code scripts/quorumark} lies in. */
    static GitCheckout ofThisProgram() {
        String home = System.getProperty("quorumark.home");
        if (home == null || !Files.exists(Path.of(home, ".git"))) {
            return UNKNOWN;
        }
        Optional<String> revision = git(Path.of(home), "rev-parse", "HEAD");
        if (revision.isEmpty()) {
            return UNKNOWN;
        }
        Optional<String> changes = git(Path.of(home), "status", "--porcelain", "--untracked-files=no");
        return new GitCheckout(
                revision.get().strip(), changes.isPresent() && !changes.get().isBlank());
    }

    private static Optional<String> git(Path home, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "-C", home.toString()));
        command.addAll(List.of(arguments));
        try {
            return ToolRun.within(PATIENCE, new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD))
                    .filter(run -> run.status() == 0)
                    .map(ToolRun::said);
        } catch (IOException noGit) {
            return Optional.empty();
        }
    }
}
