package io.quorumark.engine.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Why a native library that is unpacked into a temporary folder does not load: more often because of the folder than of the platform. */
public final class NativeLibraries {
    /** What the largest of them takes when it is unpacked. */
    private static final long ROOM_BYTES = 64L << 20;

    private NativeLibraries() {}

    /**
     * Cause and remedy, for a message.
     *
     * @param folder where it is unpacked
     * @param property that names the folder
     * @param failure what loading it threw
     * @param otherwise the remedy if the folder is all right
     */
    public static String whyNotLoaded(Path folder, String property, Throwable failure, String otherwise) {
        String unpacked = "the native library is unpacked into '" + folder + "' (" + property + "), ";
        String remedy = "; name another folder with -D" + property + ", or --data for a campaign";
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            return unpacked + "which cannot be written" + remedy;
        }
        try {
            if (Files.getFileStore(folder).getUsableSpace() < ROOM_BYTES) {
                return unpacked + "which has no room for it" + remedy;
            }
            if (!mayExecute(folder)) {
                return unpacked + "from where nothing may be executed (mounted noexec)" + remedy;
            }
        } catch (IOException e) {
            return unpacked + "which cannot be used (" + e + ")" + remedy;
        }
        return "the native library does not load here: "
                + String.valueOf(failure.getMessage()).lines().findFirst().orElse("") + "; " + otherwise;
    }

    /** A file that its owner may execute, in a folder from where nothing may be, is not executable for anybody. */
    private static boolean mayExecute(Path folder) throws IOException {
        Path probe = Files.createTempFile(folder, "quorumark-executable-", "");
        try {
            return probe.toFile().setExecutable(true) && Files.isExecutable(probe);
        } finally {
            Files.delete(probe);
        }
    }
}
