package io.quorumark.raft.store;

import io.quorumark.engine.Durability;
import io.quorumark.engine.support.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * What a member leaves in its folder about its two stores, so that its next start knows what they are worth. Written as {@link End#UNCLEAN}
 * before the engines are opened, and again after they were closed.
 *
 * @param bootId which boot of the machine wrote it; empty if the system does not tell
 * @param end how the member's last run ended
 * @param log what the log was on
 * @param state what the state was on
 */
public record StoreMark(String bootId, End end, Store log, Store state) {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    /** How a run ended. */
    public enum End {
        /** The process was killed, or runs still. */
        UNCLEAN("UNCLEAN"),
        /** The engines were closed, but could not be synced before. */
        CLOSED("CLOSED"),
        /** The engines were synced and closed. */
        SYNCED("SYNCED");

        private final String stored;

        End(String stored) {
            this.stored = stored;
        }

        private static End ofStored(String text) {
            return switch (text) {
                case "UNCLEAN" -> UNCLEAN;
                case "CLOSED" -> CLOSED;
                case "SYNCED" -> SYNCED;
                default -> throw new IllegalArgumentException("end is '" + text + "'");
            };
        }
    }

    /**
     * One engine.
     *
     * @param engineId the provider's id
     * @param durability the level of every commit in that run
     */
    public record Store(String engineId, Durability durability) {}

    /** A mark for a run that begins now. */
    public static StoreMark begin(Store log, Store state) {
        return new StoreMark(currentBootId(), End.UNCLEAN, log, state);
    }

    public StoreMark ended(End newEnd) {
        return new StoreMark(bootId, newEnd, log, state);
    }

    /** Whether the machine has run without a break since the mark was written, so that what the operating system took is still there. */
    public boolean sameBoot() {
        return !bootId.isEmpty() && bootId.equals(currentBootId());
    }

    /** Whether every commit of a crash-consistent engine at {@code store}'s level is still there. */
    public boolean keptAllCommits(Store store) {
        if (end == End.SYNCED) {
            return true;
        }
        return switch (store.durability()) {
            case POWER_LOSS -> true;
            case PROCESS_CRASH -> sameBoot();
            case NONE -> end == End.CLOSED && sameBoot();
        };
    }

    /** The mark in {@code file}; empty if there is none or it is not readable as one. */
    public static Optional<StoreMark> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(in);
            return Optional.of(new StoreMark(
                    properties.getProperty("boot.id", ""),
                    End.ofStored(properties.getProperty("end", "")),
                    store(properties, "log"),
                    store(properties, "state")));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Replaces the mark in {@code file}; durable on return. */
    public void write(Path file) {
        String text = "boot.id=" + bootId + "\nend=" + end.stored + "\n" + lines("log", log) + lines("state", state);
        writeDurably(file, text);
    }

    /** Replaces a small text file as a whole; durable on return. */
    public static void writeDurably(Path file, String text) {
        try {
            WholeFile.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private static Store store(Properties properties, String name) {
        return new Store(
                properties.getProperty(name + ".engine", ""),
                Durability.ofCode(properties.getProperty(name + ".durability", "")));
    }

    private static String lines(String name, Store store) {
        return name + ".engine=" + store.engineId() + "\n" + name + ".durability="
                + store.durability().code() + "\n";
    }

    private static String currentBootId() {
        try {
            return Files.readString(BOOT_ID, StandardCharsets.US_ASCII).trim();
        } catch (IOException e) {
            return "";
        }
    }
}
