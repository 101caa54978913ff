package io.quorumark.app.cli;

import io.quorumark.app.Quorumark;
import io.quorumark.campaign.node.AccessConfig;
import io.quorumark.campaign.node.GroupProcesses;
import io.quorumark.campaign.node.LocalGroup;
import io.quorumark.campaign.node.LocalGroup.MemberProcess;
import io.quorumark.campaign.node.NodeConfig;
import io.quorumark.campaign.plan.Section;
import io.quorumark.campaign.plan.TlsConfig;
import io.quorumark.campaign.support.HarnessException;
import io.quorumark.campaign.support.UsageError;
import io.quorumark.raft.LoopbackPorts;
import io.quorumark.raft.message.MemberStatus;
import io.quorumark.results.ExitCode;
import io.quorumark.results.store.ResultsJson;
import io.quorumark.results.text.Plural;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code quorumark cluster}: a local group of member processes. */
@Command(
        name = "cluster",
        mixinStandardHelpOptions = true,
        description = "Start, watch and stop a local group of member processes.",
        synopsisSubcommandLabel = "(start | status | stop)",
        footer = {
            "%nExamples:",
            "  ${ROOT-COMMAND-NAME} cluster start --engine rocksdb --nodes 3 --data /var/tmp/q --resp-port 6380 --http-port 8080",
            "  redis-benchmark -p 6380 -t set,get -P 16",
            "  ${ROOT-COMMAND-NAME} cluster status --data /var/tmp/q",
            "  ${ROOT-COMMAND-NAME} cluster stop --data /var/tmp/q"
        })
final class ClusterCommand implements Runnable {
    private static final int DEFAULT_HEAP_MIB = 512;
    private static final int LEAST_HEAP_MIB = 64;
    private static final int MOST_HEAP_MIB = 1 << 20;
    private static final int MOST_NODES = 9;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "a command is missing, expected one of " + List.of("start", "status", "stop"));
    }

    @Command(
            name = "start",
            mixinStandardHelpOptions = true,
            description = {
                "Start a group and return once it serves.",
                "A folder that holds a group is started from what it holds; its configurations may be changed in between."
            })
    Integer start(
            @Option(names = "--data", required = true, paramLabel = "DIR", description = "The group's folder.")
                    Path folder,
            @Option(names = "--engine", paramLabel = "ENGINE", description = "Under log and state; rocksdb by default.")
                    @Nullable
                    String engine,
            @Mixin EnginePathOption enginePath,
            @Option(names = "--nodes", paramLabel = "N", description = "Members, 1 to 9; 3 by default.") @Nullable
                    Integer nodes,
            @Option(
                            names = "--durability",
                            paramLabel = "LEVEL",
                            description =
                                    "What an acknowledged write survives: NONE, PROCESS_CRASH or POWER_LOSS (the default).")
                    @Nullable
                    String durability,
            @Option(
                            names = "--port",
                            paramLabel = "P",
                            description = "Members listen on the loopback ports P, P+1, …; on free ones by default.")
                    @Nullable
                    Integer port,
            @Option(
                            names = "--resp-port",
                            paramLabel = "P",
                            description =
                                    "Redis clients are let in at the loopback ports P, P+1, …, with 0 at free ones; nowhere by default.")
                    @Nullable
                    Integer respPort,
            @Option(
                            names = "--http-port",
                            paramLabel = "P",
                            description =
                                    "HTTP is spoken at the loopback ports P, P+1, …, with 0 at free ones; nowhere by default.")
                    @Nullable
                    Integer httpPort,
            @Option(
                            names = "--tls",
                            paramLabel = "P12",
                            description =
                                    "A PKCS #12 keystore for TLS between members, for clients and at the endpoints; its password is in"
                                            + " P12.password.")
                    @Nullable
                    Path tls,
            @Option(
                            names = "--password-file",
                            paramLabel = "FILE",
                            description = {
                                "Its first line is the password that clients of the endpoints must show (AUTH, bearer token);",
                                "nobody but its owner may read it. No password by default."
                            })
                    @Nullable
                    Path passwordFile,
            @Option(
                            names = "--no-client-certificates",
                            description =
                                    "With --tls, do not ask clients of the endpoints for a certificate; they are by default.")
                    boolean noClientCertificates,
            @Option(
                            names = "--metrics-open",
                            description = "Answer /metrics and /health without the password; asked for by default.")
                    boolean metricsOpen,
            @Option(
                            names = "--insecure",
                            description = {
                                "Let other hosts reach members though nobody is asked who they are;",
                                "refused by default. A new group is on loopback anyway."
                            })
                    boolean insecure,
            @Option(names = "--heap", paramLabel = "MIB", description = "Heap of each member's JVM; 512 by default.")
                    @Nullable
                    Integer heapMiB)
            throws IOException, InterruptedException {
        int heap = heapMiB == null ? DEFAULT_HEAP_MIB : heapMiB;
        Ranges.require("--heap", heap, LEAST_HEAP_MIB, MOST_HEAP_MIB, "MiB");
        GroupProcesses processes = new GroupProcesses(Quorumark.class.getName(), folder, heap);
        boolean made = !processes.exists();
        if (made) {
            enginePath.engines().require(engine == null ? "rocksdb" : engine);
            if (noClientCertificates && tls == null) {
                throw new UsageError("--no-client-certificates is given without --tls; add --tls, or leave it out");
            }
            AccessConfig access = access(passwordFile, noClientCertificates, metricsOpen);
            processes.create(configs(
                    engine, enginePath.jars(), nodes, durability, new Ports(port, respPort, httpPort), tls, access));
        } else if (engine != null
                || enginePath.jars() != null
                || nodes != null
                || durability != null
                || tls != null
                || passwordFile != null
                || noClientCertificates
                || metricsOpen
                || new Ports(port, respPort, httpPort).areGiven()) {
            throw new UsageError(
                    "'" + folder + "' holds a group with configurations of its own; leave out --engine,"
                            + " --engine-path, --nodes, --durability, ports, --tls and whom to let in, or choose another folder");
        }
        PrintWriter err = spec.commandLine().getErr();
        MemoryFolder.warnOf(folder, err);
        err.println("starting members and waiting for a leader …");
        err.flush();
        LocalGroup group = made ? startMade(processes, folder, insecure) : processes.start(insecure);
        PrintWriter out = spec.commandLine().getOut();
        out.printf("group %s serves: %s%n", group.group(), String.join(", ", group.ids()));
        out.flush();
        return 0;
    }

    /** For the first time: says how to go on if that fails, as the same command would be refused now. */
    private static LocalGroup startMade(GroupProcesses processes, Path folder, boolean insecure)
            throws IOException, InterruptedException {
        String goOn = "; '" + folder + "' holds the group's configurations now: correct them and give --data alone,"
                + " or remove the folder and start anew";
        try {
            return processes.start(insecure);
        } catch (UsageError e) {
            throw new UsageError(e.getMessage() + goOn, e);
        } catch (HarnessException e) {
            throw new HarnessException(e.getMessage() + goOn, e);
        }
    }

    /** Null if nothing of it is asked for. */
    private static @Nullable AccessConfig access(
            @Nullable Path passwordFile, boolean noClientCertificates, boolean metricsOpen) {
        if (passwordFile == null && !noClientCertificates && !metricsOpen) {
            return null;
        }
        return Section.empty(AccessConfig.class)
                .with(
                        "passwordFile",
                        passwordFile == null
                                ? null
                                : passwordFile.toAbsolutePath().toString())
                .with("clientCertificates", noClientCertificates ? "none" : null)
                .with("metricsOpen", metricsOpen ? true : null);
    }

    private static List<NodeConfig> configs(
            @Nullable String engine,
            @Nullable List<String> enginePath,
            @Nullable Integer nodes,
            @Nullable String durability,
            Ports ports,
            @Nullable Path keystore,
            @Nullable AccessConfig access)
            throws IOException {
        int count = nodes == null ? 3 : nodes;
        Ranges.require("--nodes", count, 1, MOST_NODES);
        List<String> ids = ports.members == null
                ? freeAddresses(count)
                : IntStream.range(0, count)
                        .mapToObj(number -> Objects.requireNonNull(Ports.address(ports.members, number)))
                        .toList();
        TlsConfig tls = keystore == null
                ? null
                : new TlsConfig(keystore.toAbsolutePath().toString(), keystore.toAbsolutePath() + ".password");
        List<String> jars = enginePath == null
                ? null
                : enginePath.stream()
                        .map(jar -> Path.of(jar).toAbsolutePath().normalize().toString())
                        .toList();
        List<NodeConfig> configs = new ArrayList<>();
        for (String id : ids) {
            int number = configs.size();
            configs.add(NodeConfig.of(id, "n" + (number + 1), engine == null ? "rocksdb" : engine)
                    .with("members", ids)
                    .with("enginePath", jars)
                    .with("durability", durability == null ? "POWER_LOSS" : durability)
                    .with("resp", Ports.address(ports.resp, number))
                    .with("http", Ports.address(ports.http, number))
                    .with("tls", tls)
                    .with("access", access));
        }
        return configs;
    }

    /** The first port of each kind; members after the first take the next ones. */
    private record Ports(
            @Nullable Integer members,
            @Nullable Integer resp,
            @Nullable Integer http) {
        boolean areGiven() {
            return members != null || resp != null || http != null;
        }

        static @Nullable String address(@Nullable Integer first, int number) {
            if (first == null) {
                return null;
            }
            // 0 is a free port, and the one after it is none
            return "127.0.0.1:" + (first == 0 ? 0 : first + number);
        }
    }

    private static List<String> freeAddresses(int count) {
        return LoopbackPorts.choose(count).stream()
                .map(port -> "127.0.0.1:" + port)
                .toList();
    }

    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            description = "Show how each member sees itself. Exit code 7 if one does not answer.")
    Integer status(
            @Option(names = "--data", required = true, paramLabel = "DIR", description = "The group's folder.")
                    Path folder,
            @Option(names = "--json", description = "Print JSON instead of a table.") boolean json) {
        LocalGroup group = LocalGroup.read(folder);
        List<Optional<MemberStatus>> statuses =
                new GroupProcesses(Quorumark.class.getName(), folder, DEFAULT_HEAP_MIB).status();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < statuses.size(); i++) {
            rows.add(Row.of(group.members().get(i), statuses.get(i)));
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? ResultsJson.write(new Status(group.group(), rows)) : table(rows));
        out.flush();
        return statuses.stream().allMatch(Optional::isPresent) ? 0 : ExitCode.HARNESS.code();
    }

    /** What {@code status --json} prints. */
    record Status(String group, List<Row> members) {}

    /**
     * @param role {@code leader}, {@code follower}, {@code removed}, {@code waiting}, {@code failed} or {@code silent}
     * @param pid 0 if no process of this group runs
     */
    record Row(
            String name,
            String id,
            String role,
            long pid,
            long term,
            long appliedIndex,
            long firstLogIndex,
            long lastLogIndex,
            long snapshotIndex) {

        static Row of(MemberProcess member, Optional<MemberStatus> answer) {
            long pid = member.process().map(ProcessHandle::pid).orElse(0L);
            if (answer.isEmpty()) {
                return new Row(member.name(), member.id(), "silent", pid, 0, 0, 0, 0, 0);
            }
            MemberStatus status = answer.get();
            String role = status.failure().isEmpty() ? status.role() : "failed";
            return new Row(
                    member.name(),
                    member.id(),
                    role,
                    pid,
                    status.term(),
                    status.appliedIndex(),
                    status.firstLogIndex(),
                    status.lastLogIndex(),
                    status.snapshotIndex());
        }
    }

    private static String table(List<Row> rows) {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "%-5s %-21s %-9s %8s %6s %12s %25s %12s%n",
                "name",
                "address",
                "role",
                "pid",
                "term",
                "applied",
                "log",
                "snapshot"));
        for (Row row : rows) {
            table.append(String.format(
                    Locale.ROOT,
                    "%-5s %-21s %-9s %8s %6d %12d %25s %12d%n",
                    row.name(),
                    row.id(),
                    row.role(),
                    row.pid() == 0 ? "-" : row.pid(),
                    row.term(),
                    row.appliedIndex(),
                    row.firstLogIndex() + " .. " + row.lastLogIndex(),
                    row.snapshotIndex()));
        }
        return table.toString();
    }

    @Command(
            name = "stop",
            mixinStandardHelpOptions = true,
            description = "Stop every member in an orderly way; the folder keeps everything.")
    Integer stop(
            @Option(names = "--data", required = true, paramLabel = "DIR", description = "The group's folder.")
                    Path folder)
            throws InterruptedException {
        int stopped = new GroupProcesses(Quorumark.class.getName(), folder, DEFAULT_HEAP_MIB).stop();
        PrintWriter out = spec.commandLine().getOut();
        out.println(Plural.of(stopped, "member") + " stopped");
        out.flush();
        return 0;
    }
}
