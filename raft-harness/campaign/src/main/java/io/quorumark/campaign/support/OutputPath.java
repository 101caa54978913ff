package io.quorumark.campaign.support;

import io.quorumark.results.store.AtomicFiles;
import io.quorumark.results.store.CampaignFolder;
import io.quorumark.results.store.Streams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * A file that an option names to be written, looked at before the work. Links that lead to it are followed once, also if it is not there
 * yet: what is checked is what is written, and links stay.
 *
 * @param option that names it
 * @param given as the user wrote it, for messages
 * @param target where it is written: absolute, without links but in names of open files
 */
public record OutputPath(String option, Path given, Path target) {
    /** As many as Linux follows. */
    private static final int MOST_LINKS = 40;

    /** Nothing in the folder of a campaign. */
    public static final BiPredicate<CampaignFolder, Path> NOTHING = (campaign, file) -> false;

    /**
     * Follows links, and refuses what cannot be written or would change what a campaign has stored.
     *
     * @throws UsageError its folder is missing or cannot be written; the file is a folder, a stream that does not take anything, or one
     *     that belongs to a campaign
     */
    public static OutputPath of(String option, Path given) {
        return of(option, given, NOTHING);
    }

    /** @param own the files in the folder of a campaign that the command is there to write */
    public static OutputPath of(String option, Path given, BiPredicate<CampaignFolder, Path> own) {
        OutputPath output = new OutputPath(option, given, followed(option, given));
        output.checkWritable();
        output.checkOwner(own);
        return output;
    }

    private void checkOwner(BiPredicate<CampaignFolder, Path> own) {
        CampaignFolder.owner(target)
                .filter(campaign -> !own.test(campaign, target))
                .ifPresent(campaign -> {
                    throw refused("which counts among the files of the campaign in '" + campaign.root()
                            + "' that verify looks at; name another file");
                });
    }

    /**
     * One of several files that an option stands for.
     *
     * @param named by the option, and not written itself
     * @param file that is written
     * @throws UsageError as {@link #of(String, Path)}; or what is named is a folder or a stream
     */
    public static OutputPath oneOfSeveral(String option, Path named, Path file) {
        OutputPath whole = new OutputPath(option, named, followed(option, named));
        if (Files.isDirectory(whole.target)) {
            throw whole.refused("which is a folder; name a file in it");
        }
        whole.requireFile("files with longer names are written");
        return of(option, file).requireFile("one that would be empty is removed");
    }

    /** A file that a command stores under a name of its own: whatever has that name, such as a link, is replaced. */
    public static OutputPath stored(String option, Path file) {
        OutputPath output = new OutputPath(option, file, inRealFolder(file.toAbsolutePath()));
        output.checkReplaceable();
        return output;
    }

    /**
     * @param reason why it has to be a file, such as "it is read again"
     * @throws UsageError it is a stream
     */
    public OutputPath requireFile(String reason) {
        if (isStream()) {
            throw refused("which is no file, and " + reason + "; name a file");
        }
        return this;
    }

    /**
     * @param what how messages call a file that the command reads, such as its option
     * @throws UsageError it is the same file, which would be lost
     */
    public void requireOtherThan(String what, Path read) {
        if (!isStream() && isAt(read)) {
            throw refused("which is read as " + what + "; name another file");
        }
    }

    /**
     * Refuses one file for two outputs, of which the second would replace what the first has written.
     *
     * @throws UsageError two are the same
     */
    public static void requireApart(Collection<OutputPath> outputs) {
        Map<Path, OutputPath> files = new HashMap<>();
        for (OutputPath output : outputs) {
            OutputPath other = output.isStream() ? null : files.putIfAbsent(output.target, output);
            if (other != null) {
                throw new UsageError(
                        other.option + " and " + output.option + " both are '" + output.given + "'; name two files");
            }
        }
    }

    public boolean isStream() {
        return Streams.isStream(target);
    }

    private boolean isAt(Path read) {
        try {
            return target.equals(read.toRealPath()) || (Files.exists(target) && Files.isSameFile(target, read));
        } catch (IOException e) {
            return false; // whoever reads it will say so
        }
    }

    private UsageError refused(String problem) {
        boolean isLink = !target.equals(inRealFolder(given.toAbsolutePath()));
        return new UsageError(
                option + " is '" + given + "', " + (isLink ? "a link to '" + target + "', " : "") + problem);
    }

    private static Path followed(String option, Path given) {
        Path at = given.toAbsolutePath();
        for (int links = 0; links <= MOST_LINKS; links++) {
            at = inRealFolder(at);
            if (Streams.isStream(at) || !Files.isSymbolicLink(at)) {
                return at;
            }
            try {
                at = at.resolveSibling(Files.readSymbolicLink(at));
            } catch (IOException e) {
                throw new UsageError(
                        option + " is '" + given + "', a link that cannot be followed: " + AtomicFiles.reason(e), e);
            }
        }
        throw new UsageError(option + " is '" + given + "', a link that leads back to itself; name a file");
    }

    /** The same file; as it stands if its folder is missing. */
    private static Path inRealFolder(Path file) {
        Path folder = file.getParent();
        Path name = file.getFileName();
        if (Streams.isStream(file) || folder == null || name == null) {
            return file;
        }
        try {
            return folder.toRealPath().resolve(name);
        } catch (IOException e) {
            return file;
        }
    }

    private void checkWritable() {
        if (isStream()) {
            Streams.problem(target).ifPresent(problem -> {
                throw refused("which " + problem + "; name another");
            });
        } else {
            checkReplaceable();
        }
    }

    private void checkReplaceable() {
        Path folder = target.getParent();
        if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS) || folder == null) {
            throw refused("which is a folder; name a file in it");
        }
        if (!Files.isDirectory(folder)) {
            throw refused(
                    Files.exists(folder, LinkOption.NOFOLLOW_LINKS)
                            ? "and '" + folder + "' is no folder; name a file in one"
                            : "and there is no folder '" + folder + "'; make it first");
        }
        if (!Files.isWritable(folder) || isProtected()) {
            throw refused("which cannot be written; correct the permissions of '"
                    + (Files.isWritable(folder) ? target : folder) + "'");
        }
    }

    /** A file that could be replaced, and that somebody wants to keep as it is. */
    private boolean isProtected() {
        return Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS) && !Files.isWritable(target);
    }
}
