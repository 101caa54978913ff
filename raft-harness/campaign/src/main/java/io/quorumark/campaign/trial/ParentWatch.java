package io.quorumark.campaign.trial;

import java.io.IOException;
import java.io.InputStream;

/**
 * Ends this JVM when its campaign is gone: the campaign holds the other end of standard input, whose end is noticed even after
 * {@code kill -9}.
 */
final class ParentWatch {
    private ParentWatch() {}

    static void start(InputStream fromParent) {
        Thread watch = new Thread(
                () -> {
                    try {
                        while (fromParent.read() >= 0) {
                            // Nobody writes; only the end matters.
                        }
                    } catch (IOException broken) {
                        System.err.println("the campaign's pipe broke: " + broken.getMessage());
                    }
                    Runtime.getRuntime().halt(143);
                },
                "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }
}
