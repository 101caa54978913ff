package io.quorumark.workload;

import io.quorumark.workload.spec.SpecException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a workload asks of a target: each {@link OperationKind}, and stricter forms of some that not every target has. A workload says what
 * it demands ({@link WorkloadSpec#demands()}), a target what it carries out ({@link Target#carriesOut()}), so that a pair that does not fit
 * is refused before anything runs.
 */
public enum Demand {
    READ(OperationKind.READ),
    UPDATE(OperationKind.UPDATE),
    INSERT(OperationKind.INSERT),
    DELETE(OperationKind.DELETE),
    SCAN(OperationKind.SCAN),
    READ_MODIFY_WRITE(OperationKind.READ_MODIFY_WRITE),
    BATCH(OperationKind.BATCH),
    COMPARE_AND_SET(OperationKind.COMPARE_AND_SET),
    /**
     * A {@link OperationKind#READ} that asks only whether the key is there: the value is neither copied nor sent. {@link Outcome#OK} or
     * {@link Outcome#NOT_FOUND}.
     */
    EXISTS(OperationKind.READ),
    /**
     * A {@link OperationKind#DELETE} of all keys from {@link Operation#key()} on that are less than {@link Operation#rangeEnd()}, all or
     * none. {@link Outcome#OK} also if there are none. A target that looked at the kind alone would delete one key.
     */
    DELETE_RANGE(OperationKind.DELETE);

    /** One demand for each kind, and no stricter form. */
    public static final Set<Demand> KINDS =
            Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(EXISTS, DELETE_RANGE)));

    private final OperationKind kind;

    Demand(OperationKind kind) {
        this.kind = kind;
    }

    /** What this is a form of. */
    public OperationKind kind() {
        return kind;
    }

    /** The demand of a kind without further conditions. */
    static Demand of(OperationKind kind) {
        return switch (kind) {
            case READ -> READ;
            case UPDATE -> UPDATE;
            case INSERT -> INSERT;
            case DELETE -> DELETE;
            case SCAN -> SCAN;
            case READ_MODIFY_WRITE -> READ_MODIFY_WRITE;
            case BATCH -> BATCH;
            case COMPARE_AND_SET -> COMPARE_AND_SET;
        };
    }

    /**
     * Refuses a workload that a target cannot carry out.
     *
     * @param workload its name
     * @param target as the user would recognise it
     * @throws SpecException something is missing; the message names all of it
     */
    public static void check(String workload, Set<Demand> demanded, Set<Demand> carriedOut, String target) {
        String missing = demanded.stream()
                .filter(demand -> !carriedOut.contains(demand))
                .map(Demand::name)
                .sorted()
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw new SpecException(
                    "workload " + workload,
                    0,
                    "",
                    "needs " + missing + ", which " + target
                            + " does not carry out; choose another workload or another target");
        }
    }
}
