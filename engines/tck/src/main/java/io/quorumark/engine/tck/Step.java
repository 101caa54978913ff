package io.quorumark.engine.tck;

/** One step of a random program. Each compares what the engine answers with what sorted maps do. */
interface Step {
    void run(ProgramState state);
}
