package io.quorumark.engine.bridge;

import io.quorumark.engine.Checkpoint;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.support.NewFolder;
import io.quorumark.engine.support.NoRoom;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;

/** A copy that the engine writes beside its target; it is sealed, and renamed when it is complete and on the device. */
final class CheckpointCopy {
    private static final int NO_OUT = 0;

    private CheckpointCopy() {}

    static Checkpoint of(OpenNative engine, Path target) {
        NativeErrors errors = engine.errors();
        try {
            return NewFolder.checkpoint(errors.engineId(), target, absent -> {
                Files.createDirectory(absent);
                CallRecord call = new CallRecord(NO_OUT);
                long answer = copy(engine, ConfigText.direct(absent.toRealPath().toString()), call);
                engine.check("making a checkpoint", answer, call);
            });
        } catch (IOException e) {
            String problem = "the checkpoint " + target + " cannot be written (" + e + "); ";
            throw NoRoom.isBehind(e)
                    ? new EngineException.Full(
                            errors.engineId(), errors.directory(), problem + "make room on the device", e)
                    : new EngineException.Io(
                            errors.engineId(), errors.directory(), problem + "check its folder and the device", e);
        }
    }

    private static long copy(OpenNative engine, DirectMemory folder, CallRecord call) {
        try {
            return engine.calls()
                    .qm_checkpoint(
                            engine.handle(), folder.address(), folder.bytes().limit(), call.address());
        } finally {
            Reference.reachabilityFence(folder);
        }
    }
}
