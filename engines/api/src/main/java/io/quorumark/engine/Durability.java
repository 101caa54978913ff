package io.quorumark.engine;

/**
 * What an acknowledged write survives. The levels are ordered: each includes the ones before it.
 *
 * <p>An engine that cannot give a level refuses it ({@link EngineException.Unsupported}); it neither weakens nor silently strengthens the
 * request.
 */
public enum Durability {
    /**
     * Nothing is promised: a killed process may lose acknowledged writes. What is left after a crash may be unreadable, or hold parts of
     * commits, whatever {@link Capabilities#crashConsistent} says; nobody may build on it.
     */
    NONE("NONE"),
    /** The write has reached the operating system: it survives {@code kill -9} of the process, not a power cut. */
    PROCESS_CRASH("PROCESS_CRASH"),
    /** The write has reached the device, as far as the device tells the truth about its sync: it survives a power cut. */
    POWER_LOSS("POWER_LOSS");

    private final String code;

    Durability(String code) {
        this.code = code;
    }

    /** As files, messages and plans have it, those of earlier versions too; does not follow from the constant's name. */
    public String code() {
        return code;
    }

    /** @throws IllegalArgumentException no level has this code */
    public static Durability ofCode(String code) {
        return switch (code) {
            case "NONE" -> NONE;
            case "PROCESS_CRASH" -> PROCESS_CRASH;
            case "POWER_LOSS" -> POWER_LOSS;
            default ->
                throw new IllegalArgumentException(
                        "durability is '" + code + "', expected NONE, PROCESS_CRASH or POWER_LOSS");
        };
    }

    /** Whether a write at this level survives everything that a write at {@code other} survives. */
    public boolean isAtLeast(Durability other) {
        return compareTo(other) >= 0;
    }
}
