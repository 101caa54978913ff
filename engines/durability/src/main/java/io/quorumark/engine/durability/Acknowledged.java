package io.quorumark.engine.durability;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The acknowledgements in a trace: writes of a batch's number to one file. */
record Acknowledged(Trace trace, OptionalLong inode) {
    /** @param root the recorded folder */
    static Acknowledged in(Trace trace, Path root) {
        return new Acknowledged(trace, trace.inodeOf(Recorder.acknowledgements(root)));
    }

    boolean isOne(Trace.Event event) {
        return event.kind() == Trace.Kind.WRITE && inode.isPresent() && event.inode() == inode.getAsLong();
    }

    /** The batch that the first {@code end} events acknowledge last; 0 for none. */
    long before(int end) {
        for (int i = end - 1; i >= 0; i--) {
            if (isOne(trace.events().get(i))) {
                return ByteBuffer.wrap(trace.events().get(i).data()).getLong();
            }
        }
        return 0;
    }
}
