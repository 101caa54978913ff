package io.quorumark.engine.durability;

/** Is told how far a rig has come. */
@FunctionalInterface
public interface Progress {
    Progress NONE = (done, all) -> {};

    void advanced(int done, int all);
}
