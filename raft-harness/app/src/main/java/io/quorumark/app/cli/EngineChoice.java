package io.quorumark.app.cli;

import io.quorumark.campaign.engine.Engines;
import io.quorumark.engine.EngineProvider;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** The engines that a command is to try. */
final class EngineChoice {
    private EngineChoice() {}

    /**
     * Those of these ids; without any, all that keep data, and a line for each that is left out.
     *
     * @throws io.quorumark.campaign.support.UsageError there is no such engine, or it cannot be opened here
     */
    static List<EngineProvider> of(List<String> ids, Engines engines, CommandSpec spec) {
        if (!ids.isEmpty()) {
            return ids.stream().map(engines::require).toList();
        }
        engines.leftOut().forEach(sentence -> LeftOut.say(spec, sentence));
        return engines.retainingData();
    }
}
