package io.quorumark.app.cli;

import io.quorumark.campaign.support.UsageError;
import io.quorumark.results.store.CampaignFolder;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * The folders of campaigns below a folder, found by their {@code campaign.json}. Links below it are not followed, and a campaign's own
 * folder is not searched further.
 *
 * @param campaigns in the order of their paths
 * @param unreadable folders that could not be searched, in the order of their paths
 */
record CampaignSearch(List<Path> campaigns, List<Path> unreadable) {
    CampaignSearch {
        campaigns = campaigns.stream().sorted().toList();
        unreadable = unreadable.stream().sorted().toList();
    }

    /** @throws UsageError there is no such folder */
    static CampaignSearch below(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new UsageError(
                    "there is no folder '" + root + "', expected one with campaigns below it; check the path");
        }
        List<Path> campaigns = new ArrayList<>();
        List<Path> unreadable = new ArrayList<>();
        // the folder itself may be named by a link
        Path real = root.toRealPath();
        Files.walkFileTree(real, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                if (!Files.exists(new CampaignFolder(folder).campaignJson(), LinkOption.NOFOLLOW_LINKS)) {
                    return FileVisitResult.CONTINUE;
                }
                campaigns.add(root.resolve(real.relativize(folder)));
                return FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                unreadable.add(root.resolve(real.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
        return new CampaignSearch(campaigns, unreadable);
    }
}
