package io.quorumark.engine.tck;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Session;
import io.quorumark.engine.durability.SmallDevice;
import io.quorumark.engine.support.Folders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A process that opens folders on a device without room: one that holds a record, and an absent one. A mapped file may end such a process,
 * which must not be that of the tests. Says what it is about to do before it does it.
 */
final class OpenWithoutRoom {
    /** From nothing at all to a part of what an engine makes when it is opened. */
    private static final long[] FREE_BYTES = {0, 8 << 10, 256 << 10, 1 << 20, 4 << 20};

    private final EngineProvider provider;
    private final Durability durability;

    private OpenWithoutRoom(EngineProvider provider, Durability durability) {
        this.provider = provider;
        this.durability = durability;
    }

    /** @param arguments provider's class, level, the root of a small device that is empty */
    public static void main(String[] arguments) throws Exception {
        OpenWithoutRoom opening =
                new OpenWithoutRoom(ChildEngine.provider(arguments[0]), Durability.ofCode(arguments[1]));
        SmallDevice device = new SmallDevice(Path.of(arguments[2]));
        Path used = device.path().resolve("used");
        Path fresh = device.path().resolve("fresh");
        opening.put(used);
        for (long freeBytes : FREE_BYTES) {
            Path ballast = device.fillBut(freeBytes);
            System.out.println("a folder with a record, " + freeBytes + " bytes free");
            opening.openOrBeFull(used);
            System.out.println("an absent folder, " + freeBytes + " bytes free");
            opening.openOrBeFull(fresh);
            Files.delete(ballast);
            System.out.println("the folder with a record, once there is room again");
            opening.get(used);
            Folders.delete(fresh);
        }
        System.out.println("an absent folder, once there is room again");
        opening.put(fresh);
        System.out.println("a checkpoint without room");
        opening.checkpointOrBeFull(fresh, device);
        System.out.println("all");
    }

    private KVEngine open(Path folder) {
        return provider.open(ChildEngine.config(folder, durability));
    }

    private void put(Path folder) {
        try (KVEngine engine = open(folder);
                Session session = engine.openSession()) {
            session.put(Kit.ONE, Bytes.of("key"), Bytes.of("value"), durability);
        }
    }

    private void get(Path folder) {
        try (KVEngine engine = open(folder);
                Session session = engine.openSession()) {
            int length = session.get(Kit.ONE, Bytes.of("key"), ByteBuffer.allocate(5));
            if (length != 5) {
                throw new AssertionError("get of the record's key returns " + length + ", expected 5");
            }
        }
    }

    private void openOrBeFull(Path folder) {
        try (KVEngine engine = open(folder)) {
            System.out.println("opened " + engine.keyspaces());
        } catch (EngineException.Full e) {
            System.out.println(e.getMessage());
        } catch (EngineException e) {
            throw new AssertionError("refused with '" + e + "', expected an EngineException.Full", e);
        }
    }

    private void checkpointOrBeFull(Path folder, SmallDevice device) throws IOException {
        try (KVEngine engine = open(folder)) {
            Path ballast = device.fillBut(0);
            try {
                System.out.println("made " + engine.checkpoint(device.path().resolve("copy")));
            } catch (EngineException.Full e) {
                System.out.println(e.getMessage());
            } catch (EngineException e) {
                throw new AssertionError(
                        "a checkpoint was refused with '" + e + "', expected an EngineException.Full", e);
            } finally {
                Files.delete(ballast);
            }
        }
    }
}
