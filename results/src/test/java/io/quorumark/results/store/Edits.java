package io.quorumark.results.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorumark.results.model.Trial;
import java.util.function.Consumer;

/** Changes single fields of stored records, which have too many to be built anew in a test. */
public final class Edits {
    private Edits() {}

    public static Trial of(Trial trial, Consumer<ObjectNode> change) {
        return of(trial, Trial.class, change);
    }

    public static <T> T of(T stored, Class<T> type, Consumer<ObjectNode> change) {
        ObjectNode tree = ResultsJson.mapper().valueToTree(stored);
        change.accept(tree);
        return ResultsJson.mapper().convertValue(tree, type);
    }
}
