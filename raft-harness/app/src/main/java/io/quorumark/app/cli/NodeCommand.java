package io.quorumark.app.cli;

import io.quorumark.campaign.node.NodeConfig;
import io.quorumark.campaign.node.NodeProcess;
import io.quorumark.raft.MemberConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code quorumark node}: one member of a Raft group, as a process. */
@Command(
        name = "node",
        mixinStandardHelpOptions = true,
        description = {
            "Run one member of a Raft group until it is told to end (Ctrl-C, SIGTERM).",
            "Members find each other by the addresses in their configurations; docs/groups.md has every key."
        },
        footer = {"%nExample:", "  ${ROOT-COMMAND-NAME} node --config n1.yaml"})
final class NodeCommand implements Callable<Integer> {
    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The member's configuration.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path file;

    @Option(
            names = "--insecure",
            description = {
                "Let other hosts reach the member though nobody is asked who they are: addresses beyond loopback",
                "with neither tls nor a password. Without this option such a configuration is refused."
            })
    private boolean insecure;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        NodeProcess process = new NodeProcess(NodeConfig.read(file), file, insecure);
        MemoryFolder.warnOf(process.config().directory(), spec.commandLine().getErr());
        process.run(endpoints -> announce(process.config(), endpoints));
        return 0;
    }

    private void announce(MemberConfig config, String endpoints) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "member %s of group %s listens; log on %s at %s, state on %s at %s, in %s%s%n",
                config.id(),
                config.groupId(),
                config.log().provider().id(),
                config.log().durability(),
                config.state().provider().id(),
                config.state().durability(),
                config.directory(),
                endpoints);
        out.flush();
    }
}
