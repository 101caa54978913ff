package io.quorumark.campaign.trial;

import io.quorumark.campaign.support.LibraryLogging;
import io.quorumark.campaign.trial.Deployment.ReplicaContent;
import io.quorumark.engine.Cursor;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Session;
import io.quorumark.engine.WriteBatch;
import io.quorumark.results.store.ResultsJson;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * The main class of a JVM that opens a bare engine's folder and says how long that took. Then it reads all and ends; or it writes records
 * again as they are, and waits to be killed, so that recovery has work and the content is known whatever of it survives.
 */
final class EngineOpening {
    static final String READ = "read";
    static final String REWRITE = "rewrite";

    /** Begins every line that is for the trial. */
    static final String PREFIX = "@opening ";

    private static final int REWRITTEN_RECORDS = 20_000;
    private static final int BATCH_RECORDS = 100;

    private EngineOpening() {}

    public static void main(String[] arguments) {
        ParentWatch.start(System.in);
        LibraryLogging.quiet();
        TrialSpec spec = ResultsJson.read(Path.of(arguments[0]), TrialSpec.class);
        var provider = spec.engines().require(spec.cell().engine());
        EngineConfig config = EngineDeployment.config(spec, EngineDeployment.folder(spec));
        long began = System.nanoTime();
        KVEngine engine = provider.open(config);
        EngineFigures.readFirst(engine, EngineDeployment.STATE);
        say("opened " + (System.nanoTime() - began));
        if (arguments[1].equals(REWRITE)) {
            began = System.nanoTime();
            rewrite(engine, config);
            say("rewritten " + (System.nanoTime() - began));
            while (true) {
                LockSupport.park();
            }
        }
        ReplicaContent content = EngineFigures.content(engine, EngineDeployment.STATE);
        say("content " + content.sha256() + " " + content.records());
        engine.close();
        Runtime.getRuntime().halt(0);
    }

    private static void rewrite(KVEngine engine, EngineConfig config) {
        try (Session session = engine.openSession();
                WriteBatch batch = session.newBatch()) {
            ByteBuffer from = session.allocate(0);
            for (int done = 0; done < REWRITTEN_RECORDS; done += BATCH_RECORDS) {
                from = addNext(session, batch, from);
                if (batch.operationCount() == 0) {
                    return;
                }
                session.commit(batch, config.durability());
                batch.clear();
            }
        }
    }

    /** Puts records from a key on into a batch, as they are; the key where the next batch begins. */
    private static ByteBuffer addNext(Session session, WriteBatch batch, ByteBuffer from) {
        try (Cursor cursor = session.openCursor(EngineDeployment.STATE)) {
            boolean onEntry = from.hasRemaining() ? cursor.seekCeiling(from) : cursor.first();
            for (; onEntry && batch.operationCount() < BATCH_RECORDS; onEntry = cursor.next()) {
                batch.put(EngineDeployment.STATE, copy(session, cursor.key()), copy(session, cursor.value()));
            }
            return onEntry ? copy(session, cursor.key()) : session.allocate(0);
        }
    }

    private static ByteBuffer copy(Session session, ByteBuffer borrowed) {
        return session.allocate(borrowed.remaining()).put(borrowed.duplicate()).flip();
    }

    private static void say(String line) {
        System.out.println(PREFIX + line);
        System.out.flush();
    }
}
