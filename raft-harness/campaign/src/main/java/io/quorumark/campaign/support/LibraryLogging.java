package io.quorumark.campaign.support;

import io.quorumark.raft.RaftLibrary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;
import java.util.stream.Collectors;

/**
 * What may be said to standard error, one line each: our own warnings, such as that a client was turned away, and of the libraries what is
 * severe. The Raft library says nothing: it reports every connection
 * that ends when a group stops, and what matters of it reaches the user through the members.
 */
public final class LibraryLogging {
    private static final String CONFIGURATION = """
            handlers = java.util.logging.ConsoleHandler
            .level = SEVERE
            io.quorumark.level = WARNING
            java.util.logging.ConsoleHandler.level = WARNING
            java.util.logging.ConsoleHandler.formatter = java.util.logging.SimpleFormatter
            java.util.logging.SimpleFormatter.format = %4$s %3$s: %5$s%6$s%n
            """;

    private LibraryLogging() {}

    public static void quiet() {
        String raft = RaftLibrary.onClassPath().loggers().stream()
                .map(logger -> logger + ".level = OFF\n")
                .collect(Collectors.joining());
        try {
            LogManager.getLogManager()
                    .readConfiguration(
                            new ByteArrayInputStream((CONFIGURATION + raft).getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
