package io.quorumark.engine.tck;

import java.util.List;

/** One step of a random program. Each compares what the engine answers with what sorted maps do. */
interface Step {
    void run(ProgramState state);

    /** The same step with less in it: what a failing program may be shortened to. Empty for a step that holds nothing to leave out. */
    default List<Step> simpler() {
        return List.of();
    }
}
