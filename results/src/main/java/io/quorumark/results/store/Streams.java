package io.quorumark.results.store;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files that are written to and never replaced, as what is written goes on to somebody: pipes, devices, and whatever this process was
 * given open, such as {@code /dev/stdout}.
 */
public final class Streams {
    private static final int STANDARD_OUTPUT = 1;
    private static final int STANDARD_ERROR = 2;

    private static final Map<String, Integer> BY_NAME =
            Map.of("/dev/stdin", 0, "/dev/stdout", STANDARD_OUTPUT, "/dev/stderr", STANDARD_ERROR);
    private static final Pattern BY_NUMBER = Pattern.compile("/dev/fd/(\\d{1,9})");
    /** Also those of other processes. */
    private static final Pattern IN_PROC = Pattern.compile("/proc/([^/]+)/(?:task/[^/]+/)?fd/([^/]+)");

    private static final Path PROC = Path.of("/proc/self/fd");

    /** Of the flags in {@code fdinfo}. */
    private static final int ACCESS = 3;

    private static final int READ_ONLY = 0;
    private static final int NON_BLOCKING = 04000;

    private Streams() {}

    /** What the system says a file is. */
    private enum Kind {
        PIPE(0010000),
        CHARACTERS(0020000),
        FOLDER(0040000),
        BLOCKS(0060000),
        FILE(0100000),
        SOCKET(0140000),
        OTHER(-1);

        private static final int BITS = 0170000;

        private final int bits;

        Kind(int bits) {
            this.bits = bits;
        }

        /** Of what a path leads to; what the system does not tell is another one. */
        static Kind of(Path path) {
            try {
                int mode = (Integer) Files.getAttribute(path, "unix:mode") & BITS;
                for (Kind kind : values()) {
                    if (kind.bits == mode) {
                        return kind;
                    }
                }
                return OTHER;
            } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
                return OTHER;
            }
        }

        /** Whether a write to it fails once nobody reads there any more. */
        boolean hasReaders() {
            return this == PIPE || this == SOCKET;
        }
    }

    /** Whether a path is one of a stream, links not followed but for those that stand for open files. */
    public static boolean isStream(Path file) {
        if (isOpenFile(file)) {
            return true;
        }
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isOther();
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isOpenFile(Path file) {
        String path = whole(file);
        return BY_NAME.containsKey(path)
                || path.matches("/dev/fd/[^/]+")
                || IN_PROC.matcher(path).matches();
    }

    private static String whole(Path file) {
        return file.toAbsolutePath().normalize().toString();
    }

    /**
     * Why nothing can be written to a stream, as the end of a sentence; empty if nothing speaks against it. Nothing is written, and
     * nobody who waits at a pipe's other end is told that the pipe has ended.
     */
    public static Optional<String> problem(Path stream) {
        Path shown = shown(stream);
        boolean isOpenFile = isOpenFile(stream);
        if (isOpenFile && !Files.exists(shown, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of("is not open");
        }
        if (isOpenFile
                && flags(shown).filter(flags -> (flags & ACCESS) == READ_ONLY).isPresent()) {
            return Optional.of("is open for reading only");
        }
        if (standard(stream) != 0) {
            return Optional.empty();
        }
        return switch (Kind.of(shown)) {
            case FOLDER -> Optional.of("is a folder");
            case BLOCKS -> Optional.of("is a disk");
            case SOCKET -> Optional.of("is a socket");
            case PIPE, OTHER -> isOpenFile ? openingProblem(shown) : permissionProblem(shown);
            case CHARACTERS, FILE -> openingProblem(shown);
        };
    }

    /** Without opening it: that would wait for a reader, and end the input of one that waits. */
    private static Optional<String> permissionProblem(Path stream) {
        return Files.isWritable(stream) ? Optional.empty() : Optional.of("cannot be written: permission denied");
    }

    private static Optional<String> openingProblem(Path stream) {
        try (OutputStream out = opened(stream)) {
            out.flush();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("cannot be written: " + AtomicFiles.reason(e));
        }
    }

    private static OutputStream opened(Path stream) throws IOException {
        return Files.newOutputStream(stream, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    /** Whether a stream is this process's standard output, by whichever name. */
    public static boolean isStandardOutput(Path stream) {
        return standard(stream) == STANDARD_OUTPUT;
    }

    /**
     * The number under which this process itself has a stream open to write to, if that is standard output or standard error. Else 0.
     */
    private static int standard(Path stream) {
        int number = ownNumber(stream);
        if (number == STANDARD_OUTPUT || number == STANDARD_ERROR) {
            return number;
        }
        Path out = ofNumber(STANDARD_OUTPUT);
        try {
            // a terminal or /dev/null has no beginning that two could dispute
            boolean isOne = isStream(stream) && Kind.of(out) != Kind.CHARACTERS && Files.isSameFile(shown(stream), out);
            return isOne ? STANDARD_OUTPUT : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** Of a file that this process has open; -1 for all others. */
    private static int ownNumber(Path stream) {
        String path = whole(stream);
        Integer named = BY_NAME.get(path);
        if (named != null) {
            return named;
        }
        Matcher numbered = BY_NUMBER.matcher(path);
        if (numbered.matches()) {
            return Integer.parseInt(numbered.group(1));
        }
        Matcher inProc = IN_PROC.matcher(path);
        boolean isOwn = inProc.matches()
                && (inProc.group(1).endsWith("self")
                        || inProc.group(1)
                                .equals(Long.toString(ProcessHandle.current().pid())));
        return isOwn && inProc.group(2).matches("\\d{1,9}") ? Integer.parseInt(inProc.group(2)) : -1;
    }

    /** Where the system shows an open file; the path itself of anything else. */
    private static Path shown(Path stream) {
        int number = ownNumber(stream);
        return number < 0 ? stream : ofNumber(number);
    }

    private static Path ofNumber(int number) {
        return (Files.isDirectory(PROC) ? PROC : Path.of("/dev/fd")).resolve(Integer.toString(number));
    }

    /** With which a file was opened; empty if the system does not tell. */
    private static Optional<Integer> flags(Path shown) {
        Path number = shown.getFileName();
        Path fd = shown.getParent();
        if (number == null || fd == null) {
            return Optional.empty();
        }
        try {
            return Files.readAllLines(fd.resolveSibling("fdinfo").resolve(number)).stream()
                    .filter(line -> line.startsWith("flags:"))
                    .map(line ->
                            Integer.parseInt(line.substring("flags:".length()).strip(), 8))
                    .findFirst();
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * What a failed write to a file that this process has open means: whether it is one that fails when its reader has gone, who then
     * has all that he wanted. What the file is decides, and not the system's words, which differ by locale. A file that does not wait
     * fails when its reader is slow, too, and is none of these.
     *
     * @param number 1 is standard output
     */
    public static boolean isReaderGone(int number) {
        Path shown = ofNumber(number);
        return Kind.of(shown).hasReaders()
                && flags(shown).filter(flags -> (flags & NON_BLOCKING) != 0).isEmpty();
    }

    /**
     * Writes to a stream after all that was written to it before; whether the reader takes all of it is his affair.
     *
     * @throws IOException it cannot be opened, or does not take what is written
     */
    static void append(Path stream, byte[] content) throws IOException {
        int standard = standard(stream);
        try {
            if (standard != 0) {
                appendTo(standard, content);
            } else {
                appendTo(stream, content);
            }
        } catch (IOException e) {
            throw new IOException("'" + stream + "' cannot be written: " + AtomicFiles.reason(e), e);
        }
    }

    /**
     * By the descriptor itself: opened anew, a file would be written at its end while all who have it open go on where they were, and
     * a socket cannot be opened at all.
     */
    private static void appendTo(int standard, byte[] content) throws IOException {
        // closed, it would be closed for the whole process
        @SuppressWarnings("resource")
        FileOutputStream out =
                new FileOutputStream(standard == STANDARD_OUTPUT ? FileDescriptor.out : FileDescriptor.err);
        try {
            out.write(content);
        } catch (IOException e) {
            if (!isReaderGone(standard)) {
                throw e;
            }
        }
    }

    private static void appendTo(Path stream, byte[] content) throws IOException {
        try (OutputStream out = opened(shown(stream))) {
            try {
                out.write(content);
            } catch (IOException e) {
                if (!Kind.of(shown(stream)).hasReaders()) {
                    throw e;
                }
            }
        }
    }
}
