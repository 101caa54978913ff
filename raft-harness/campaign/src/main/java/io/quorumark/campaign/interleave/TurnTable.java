package io.quorumark.campaign.interleave;

import io.quorumark.campaign.host.ProcessState;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/**
 * What the keeper of turns and the trials tell each other, in a small file that all of them map into memory. Each of
 * the two sides has a line of 64 bytes with six numbers of 64 bits
 * in the machine's byte order: where the trial stands, its process id, its number within the campaign, for how long its
 * processes have been stopped so far, the share of its own
 * time in which they are to stand still, and for how long at once. A last line has the keeper's
 * process id.
 *
 * <p>Thread-safe, and safe between processes: each long has one writer at a time, and what is read was written whole.
 */
final class TurnTable {
    static final int SIDES = 2;

    /**
     * Where a trial stands. Only a trial leaves {@link #ABSENT} and {@link #RUNNING}; only the keeper leaves {@link
     * #READY} and {@link #MEASURED}.
     */
    enum TurnState {
        /** No trial has sat down, or the last one has left. */
        ABSENT(0),
        /** Loaded and waiting for its turns. */
        READY(1),
        /** Warming up or being measured. */
        RUNNING(2),
        /** Measured, and waiting until the other one is. */
        MEASURED(3);

        private final long code;

        TurnState(long code) {
            this.code = code;
        }

        static TurnState of(long code) {
            return Stream.of(values())
                    .filter(state -> state.code == code)
                    .findAny()
                    .orElseThrow(() -> new IllegalStateException(
                            "a trial's state is " + code + ", expected 0 to 3; the table is damaged"));
        }
    }

    private static final int LINE_BYTES = 64;
    private static final int KEEPER = SIDES;
    private static final int STATE = 0;
    private static final int PROCESS = 8;
    private static final int TRIAL = 16;
    private static final int STOPPED_NANOS = 24;
    private static final int SLOWDOWN = 32;
    private static final int STOP_MILLIS = 40;
    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final ByteBuffer memory;

    private TurnTable(ByteBuffer memory) {
        this.memory = memory;
    }

    /**
     * An empty one.
     *
     * @param keeperId of the process that keeps turns
     */
    static TurnTable create(Path file, long keeperId) throws IOException {
        TurnTable table = open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        table.set(KEEPER, PROCESS, keeperId);
        return table;
    }

    /** One that {@link #create} has made. */
    static TurnTable open(Path file) throws IOException {
        return open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static TurnTable open(Path file, StandardOpenOption... options) throws IOException {
        try (FileChannel channel = FileChannel.open(file, options)) {
            return new TurnTable(channel.map(FileChannel.MapMode.READ_WRITE, 0, (SIDES + 1L) * LINE_BYTES));
        }
    }

    TurnState state(int side) {
        return TurnState.of(get(side, STATE));
    }

    void setState(int side, TurnState state) {
        set(side, STATE, state.code);
    }

    /**
     * A trial sits down; {@code processId} and everything that it has started will be stopped by turns.
     *
     * @param slowdown share of its own time in which it is to stand still
     * @param stopMillis for how long at once; 0 for as short as can be
     */
    void sitDown(int side, long processId, long trial, double slowdown, double stopMillis) {
        set(side, PROCESS, processId);
        set(side, TRIAL, trial);
        set(side, STOPPED_NANOS, 0);
        set(side, SLOWDOWN, Double.doubleToRawLongBits(slowdown));
        set(side, STOP_MILLIS, Double.doubleToRawLongBits(stopMillis));
        setState(side, TurnState.READY);
    }

    long processId(int side) {
        return get(side, PROCESS);
    }

    /** Whether somebody is there to give turns. */
    boolean hasKeeper() {
        return ProcessState.isRunning(get(KEEPER, PROCESS));
    }

    /** Which of its campaign's trials it is; two that are measured by turns have the same number. */
    long trial(int side) {
        return get(side, TRIAL);
    }

    /** The share of its own time in which it is to stand still. */
    double slowdown(int side) {
        return Double.longBitsToDouble(get(side, SLOWDOWN));
    }

    /** For how long at once; 0 for as short as can be. */
    double stopMillis(int side) {
        return Double.longBitsToDouble(get(side, STOP_MILLIS));
    }

    /** Since it sat down. Does not change while its processes run. */
    long stoppedNanos(int side) {
        return get(side, STOPPED_NANOS);
    }

    /** Call it before the processes go on. */
    void addStopped(int side, long nanos) {
        set(side, STOPPED_NANOS, stoppedNanos(side) + nanos);
    }

    private long get(int side, int field) {
        return (long) LONGS.getVolatile(memory, side * LINE_BYTES + field);
    }

    private void set(int side, int field, long value) {
        LONGS.setVolatile(memory, side * LINE_BYTES + field, value);
    }
}
