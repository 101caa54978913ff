package io.quorumark.engine.tck;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.KVEngine;
import java.nio.file.Path;

/** A process that tries to open an engine, and ends with how that went. */
final class OpenOnce {
    static final int OPENED = 0;
    static final int LOCKED = 10;
    static final int UNSUPPORTED = 11;

    private OpenOnce() {}

    public static void main(String[] arguments) throws Exception {
        try (KVEngine engine = ChildEngine.provider(arguments[0])
                .open(ChildEngine.config(Path.of(arguments[1]), Durability.ofCode(arguments[2])))) {
            System.out.println("opened " + engine.keyspaces());
            System.exit(OPENED);
        } catch (EngineException.Locked e) {
            System.out.println(e.getMessage());
            System.exit(LOCKED);
        } catch (EngineException.Unsupported e) {
            System.out.println(e.getMessage());
            System.exit(UNSUPPORTED);
        }
    }
}
