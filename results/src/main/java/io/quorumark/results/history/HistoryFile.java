package io.quorumark.results.history;

import io.quorumark.results.store.AtomicFiles;
import io.quorumark.results.store.ResultsException;
import io.quorumark.results.store.ResultsJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A history: one JSON record a line, the oldest first. It is only ever appended to, under a lock on the file. A line that is damaged,
 * such as a last one that a full device cut short, is refused by whoever reads or appends next, and mended by the user alone.
 */
public final class HistoryFile {
    /** Some editors put it before the text. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private HistoryFile() {}

    /**
     * All entries, in the file's order.
     *
     * @throws ResultsException the file is missing, or a line is damaged
     */
    public static List<HistoryEntry> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw ResultsException.wrong(file, "is no file, expected a history that 'gate --history' has written");
        }
        return parse(file, Files.readAllBytes(file));
    }

    /**
     * Appends what is not there yet: a measurement that was judged before is no second point. Durable on return; the file is made if
     * absent.
     *
     * @return how many entries were appended
     * @throws ResultsException a line of the file is damaged; nothing has been written
     */
    public static int append(Path file, List<HistoryEntry> entries) throws IOException {
        try {
            return appendLocked(file, entries);
        } catch (IOException e) {
            throw new IOException("'" + file + "' cannot be written: " + AtomicFiles.reason(e), e);
        }
    }

    private static int appendLocked(Path file, List<HistoryEntry> entries) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        boolean isNew = !Files.exists(file);
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.lock(); // until the channel is closed
            List<HistoryEntry> there =
                    parse(file, Channels.newInputStream(channel).readAllBytes());
            StringBuilder lines = new StringBuilder();
            int appended = 0;
            for (HistoryEntry entry : entries) {
                if (there.stream().noneMatch(entry::isOfSameMeasurementAs)) {
                    lines.append(ResultsJson.writeLine(entry));
                    appended++;
                }
            }
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(lines.toString());
            channel.position(channel.size());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
            if (isNew && folder != null) {
                AtomicFiles.forceNames(folder);
            }
            return appended;
        }
    }

    /** A byte that means nothing would pass as one that nobody wrote. */
    private static String decoded(Path file, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ResultsException(file, "is not UTF-8 text: it is damaged, or was edited; restore it", e);
        }
    }

    private static List<HistoryEntry> parse(Path file, byte[] bytes) {
        String text = decoded(file, bytes);
        List<HistoryEntry> entries = new ArrayList<>();
        int begin = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length() : 0;
        for (int line = 1; begin < text.length(); line++) {
            int end = text.indexOf('\n', begin);
            if (end < 0) {
                throw new ResultsException(
                        file,
                        "line " + line
                                + " does not end with a line feed: it was cut short; remove the line, or restore it");
            }
            String written = text.substring(begin, end);
            if (!written.isBlank()) {
                entries.add(ResultsJson.readLine(file, line, written, HistoryEntry.class));
            }
            begin = end + 1;
        }
        return entries;
    }
}
