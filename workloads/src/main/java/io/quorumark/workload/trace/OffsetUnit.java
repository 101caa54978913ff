package io.quorumark.workload.trace;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What the times of a trace are counted in. */
public enum OffsetUnit {
    @JsonProperty("nanoseconds")
    NANOSECONDS(TimeUnit.NANOSECONDS),
    @JsonProperty("microseconds")
    MICROSECONDS(TimeUnit.MICROSECONDS),
    @JsonProperty("milliseconds")
    MILLISECONDS(TimeUnit.MILLISECONDS),
    @JsonProperty("seconds")
    SECONDS(TimeUnit.SECONDS);

    /** Of a trace whose workload names none. */
    public static final OffsetUnit DEFAULT = MICROSECONDS;

    /** Times since 1970 are taken for such if they lie between these years' beginnings, 2001 and 2100, in seconds. */
    private static final long EARLIEST_EPOCH_SECONDS = 978_307_200L;

    private static final long LATEST_EPOCH_SECONDS = 4_102_444_800L;

    private final TimeUnit unit;

    OffsetUnit(TimeUnit unit) {
        this.unit = unit;
    }

    /** How many nanoseconds one of these is. */
    long nanos() {
        return unit.toNanos(1);
    }

    /** The unit in which a number is a time since 1970 of this century; empty if it is in none. */
    static Optional<OffsetUnit> ofTimeSince1970(long number) {
        for (OffsetUnit each : values()) {
            long seconds = each.unit.toSeconds(number);
            if (seconds >= EARLIEST_EPOCH_SECONDS && seconds < LATEST_EPOCH_SECONDS) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** As files have it. */
    public String written() {
        return name().toLowerCase(Locale.ROOT);
    }
}
