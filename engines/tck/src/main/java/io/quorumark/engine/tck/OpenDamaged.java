package io.quorumark.engine.tck;

import io.quorumark.engine.Ability;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Session;
import io.quorumark.engine.support.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A process that opens copies of a folder, each with one damage, reads all of it, and has it checked by an engine that claims to: damage
 * may end a process, which must not be that of the tests. Says what it is about to do before it does it.
 */
final class OpenDamaged {
    private static final int FLIPPED_BYTES = 5;
    private static final String OPENED = "opened";
    private static final AtomicInteger COPIES = new AtomicInteger();

    private OpenDamaged() {}

    /** What happens to a file. */
    private enum Damage {
        FLIPPED,
        HALVED,
        EMPTIED,
        REMOVED;

        void to(Path file, Random random) throws IOException {
            byte[] bytes = Files.readAllBytes(file);
            switch (this) {
                case FLIPPED -> Files.write(file, flipped(bytes, random));
                case HALVED -> Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
                case EMPTIED -> Files.write(file, new byte[0]);
                case REMOVED -> Files.delete(file);
            }
        }

        private static byte[] flipped(byte[] bytes, Random random) {
            for (int i = 0; i < FLIPPED_BYTES && bytes.length > 0; i++) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
            }
            return bytes;
        }
    }

    /** @param arguments provider's class, level, the folder, an empty folder for copies, times that each file is damaged in each way */
    public static void main(String[] arguments) throws Exception {
        EngineProvider provider = ChildEngine.provider(arguments[0]);
        Durability durability = Durability.ofCode(arguments[1]);
        Path whole = Path.of(arguments[2]);
        int times = Integer.parseInt(arguments[4]);
        Path copies = Path.of(arguments[3]);
        boolean verifies = provider.capabilities().has(Ability.INTEGRITY_CHECK);
        for (Path file : filesIn(whole)) {
            Path name = whole.relativize(file);
            for (Damage damage : Damage.values()) {
                for (int seed = 0; seed < (damage == Damage.FLIPPED ? times : 1); seed++) {
                    System.out.println(damage + " " + name + ", seed " + seed);
                    Path copy = damagedCopy(whole, copies, name, damage, seed);
                    openAndReadTwice(provider, copy, durability);
                    Folders.delete(copy);
                    if (verifies) {
                        // What opens may mend what it meets.
                        Path another = damagedCopy(whole, copies, name, damage, seed);
                        openAndVerify(provider, another, durability);
                        Folders.delete(another);
                    }
                }
            }
        }
        System.out.println("all");
    }

    private static Path damagedCopy(Path whole, Path copies, Path name, Damage damage, int seed) throws IOException {
        Path copy = copies.resolve("damaged-" + COPIES.getAndIncrement());
        copy(whole, copy);
        damage.to(copy.resolve(name), new Random(seed));
        return copy;
    }

    /** Twice: what a refused opening has left open, or changed, shows in the next one. */
    private static void openAndReadTwice(EngineProvider provider, Path folder, Durability durability) {
        String first = openAndRead(provider, folder, durability);
        String second = openAndRead(provider, folder, durability);
        boolean sameRefusal = second.equals(first) || first.equals(OPENED);
        if (second.equals("Locked") || !sameRefusal) {
            throw new AssertionError("the first opening: " + first + ", the second: " + second + ", expected the same");
        }
    }

    /** @return what kind of error refused the opening, or {@link #OPENED} */
    private static String openAndRead(EngineProvider provider, Path folder, Durability durability) {
        String outcome = "";
        try (KVEngine engine = provider.open(ChildEngine.config(folder, durability))) {
            outcome = OPENED;
            try (Session session = engine.openSession()) {
                int unused = Bytes.forwards(session, Kit.ONE).size();
            }
        } catch (EngineException e) {
            requireToldWell(e, folder);
            if (outcome.isEmpty()) {
                outcome = e.getClass().getSimpleName();
            }
        } catch (InternalError e) {
            // What an engine lends may be mapped from its file: if a damaged length reaches beyond it, the JVM says so
            // to whoever reads.
            if (!String.valueOf(e.getMessage()).contains("unsafe memory access")) {
                throw e;
            }
            System.out.println("a fault in memory that was lent, mapped from the damaged file");
        }
        return outcome;
    }

    /** A check may miss the damage, which lies anywhere. It is not the device's. */
    private static void openAndVerify(EngineProvider provider, Path folder, Durability durability) {
        boolean opened = false;
        try (KVEngine engine = provider.open(ChildEngine.config(folder, durability))) {
            opened = true;
            engine.verify();
        } catch (EngineException.Corruption e) {
            requireToldWell(e, folder);
        } catch (EngineException e) {
            if (opened) {
                throw new AssertionError("verify() of a damaged folder: " + e + ", expected Corruption or nothing", e);
            }
        }
    }

    private static void requireToldWell(EngineException e, Path folder) {
        String message = String.valueOf(e.getMessage());
        if (!message.contains(folder.getFileName().toString()) || message.contains("\n")) {
            throw new AssertionError("refused with '" + message + "', expected one line that names the folder", e);
        }
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void copy(Path whole, Path copy) throws IOException {
        try (Stream<Path> paths = Files.walk(whole)) {
            for (Path path : paths.toList()) {
                Files.copy(path, copy.resolve(whole.relativize(path).toString()));
            }
        }
    }
}
