package io.quorumark.results.model;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a measured window cost beyond time, by the name under which trials store it. A trial leaves out what nobody could tell. Of the
 * window and of the trial's process, with all members in it or in processes beside it, unless said otherwise.
 */
public enum Cost {
    WRITES(
            "writes.acknowledged",
            Unit.COUNT,
            "acknowledged operations that change something, by their share in the stream"),
    USER_BYTES(
            "user.written.bytes",
            Unit.BYTES,
            "keys and values of acknowledged writes, counted once and not once a member: their number times the stream's mean"),
    PROCESS_READ("process.read.bytes", Unit.BYTES, "fetched from the block layer (read_bytes of /proc/self/io)"),
    DEVICE_WRITTEN(
            "device.written.bytes", Unit.BYTES, "sectors written on the data's device, by anybody on the machine"),
    DEVICE_READ("device.read.bytes", Unit.BYTES, "sectors read on the data's device, by anybody on the machine"),
    DEVICE_FLUSHES(
            "device.flushes",
            Unit.COUNT,
            "flushes of the device's write cache, by anybody on the machine; concurrent ones are merged. Left out where the device has"
                    + " no such cache"),
    WRITE_AMPLIFICATION(
            "write.amplification",
            Unit.RATIO,
            "bytes handed to the block layer (write_bytes of /proc/self/io; what goes to the page cache counts when it is first made"
                    + " dirty) over user bytes times members: 1 where every member writes every user byte once, but a log and a"
                    + " state already write it twice"),
    SETTLED_WRITE_AMPLIFICATION(
            "write.amplification.settled",
            Unit.RATIO,
            "the same, with what was written until the engine's debt no longer fell"),
    READ_AMPLIFICATION(
            "read.amplification",
            Unit.RATIO,
            "bytes fetched from the block layer over reads times the mean record; left out where the stream scans"),
    SPACE_AMPLIFICATION(
            "space.amplification",
            Unit.RATIO,
            "allocated blocks of all members' folders at the trial's end, logs included, over live keys and values times members"),
    LOG_SYNCS(
            "log.syncs",
            Unit.COUNT,
            "syncs by the engines that owe durability, all members together, if they count them"),
    SYNCS_PER_WRITE("log.syncs.per.write", Unit.RATIO, "the same of one member, over acknowledged writes"),
    FLUSHES_PER_WRITE("device.flushes.per.write", Unit.RATIO, "device flushes over acknowledged writes"),
    OTHERS_SHARE(
            "processors.others.share",
            Unit.RATIO,
            "share of the machine's processor time that other processes took inside the window: all that was busy, less the trial, its"
                    + " members and its campaign; other guests of the host apart"),
    OPEN_FILES("open.files.peak", Unit.COUNT, "the most file descriptors open at once, looked at every second"),
    STALL_NANOS("stall.nanos", Unit.NANOS, "writers held back by their engine, summed over all engines that tell"),
    DEBT_BYTES("debt.bytes", Unit.BYTES, "what the engines still had to rewrite when the window ended"),
    REMAINING_DEBT_BYTES("debt.remaining.bytes", Unit.BYTES, "what was left of it when it no longer fell"),
    SETTLE_SECONDS(
            "settle.seconds",
            Unit.SECONDS,
            "from the window's end until all members had applied everything and the engines' debt no longer fell"),
    SETTLED_OPERATIONS_PER_SECOND(
            "settled.operations.per.second",
            Unit.RATE,
            "the settled clock: acknowledged operations over the window and the settling after it"),
    LIVE_BYTES("live.bytes", Unit.BYTES, "keys and values of one replica at the trial's end"),
    ENGINE_MEMORY(
            "engine.memory.bytes", Unit.BYTES, "the most that one engine instance said it uses, at the window's end");

    /** How a cost is counted. */
    public enum Unit {
        COUNT,
        BYTES,
        RATIO,
        NANOS,
        SECONDS,
        RATE
    }

    /** Every figure of every trial is looked up when it is read. */
    private static final Map<String, Cost> BY_ID =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Cost::id, cost -> cost));

    private final String id;
    private final Unit unit;
    private final String definition;

    Cost(String id, Unit unit, String definition) {
        this.id = id;
        this.unit = unit;
        this.definition = definition;
    }

    /** Lower-case words joined by dots. */
    public String id() {
        return id;
    }

    public Unit unit() {
        return unit;
    }

    /** Half a sentence for readers of a report. */
    public String definition() {
        return definition;
    }

    /** The cost stored under this name. */
    public static Optional<Cost> of(String id) {
        return Optional.ofNullable(BY_ID.get(id));
    }
}
