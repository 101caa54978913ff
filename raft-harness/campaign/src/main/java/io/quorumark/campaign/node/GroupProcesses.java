package io.quorumark.campaign.node;

import io.quorumark.campaign.Folders;
import io.quorumark.campaign.host.LibraryFolder;
import io.quorumark.campaign.host.ProcessState;
import io.quorumark.campaign.node.LocalGroup.MemberProcess;
import io.quorumark.campaign.plan.PlanYaml;
import io.quorumark.campaign.plan.TlsConfig;
import io.quorumark.campaign.support.ChildJvm;
import io.quorumark.campaign.support.HarnessException;
import io.quorumark.campaign.support.UsageError;
import io.quorumark.engine.EngineProvider;
import io.quorumark.raft.MemberConfig;
import io.quorumark.raft.MemberRole;
import io.quorumark.raft.RemoteGroup;
import io.quorumark.raft.message.MemberStatus;
import io.quorumark.results.store.AtomicFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A group of member processes on this machine, in one folder: {@code group.json}, and per member a configuration {@code n1.yaml}, its
 * data {@code n1/} and what it says, {@code n1.log}. For one caller at a time.
 */
public final class GroupProcesses {
    private static final Duration STATUS_PATIENCE = Duration.ofSeconds(2);
    private static final Duration SERVING_PATIENCE = Duration.ofSeconds(60);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);
    private static final Duration KILL_PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_LAST_BYTES = 64 << 10;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final String program;
    private final Path folder;
    private final int heapMiB;

    /** @param heapMiB of each member's JVM */
    public GroupProcesses(String program, Path folder, int heapMiB) {
        this.program = program;
        this.folder = folder.toAbsolutePath().normalize();
        this.heapMiB = heapMiB;
    }

    /** Whether the folder holds a group already. */
    public boolean exists() {
        return LocalGroup.existsIn(folder);
    }

    /**
     * Writes a new group's configurations.
     *
     * @param configs one per member
     * @throws UsageError the folder is not empty or cannot be written, two addresses are the same, or a password's file cannot be used
     */
    public void create(List<NodeConfig> configs) throws IOException {
        requireDistinctAddresses(configs);
        Folders.nearestThatExists(folder, "data");
        for (int i = 0; i < configs.size(); i++) {
            // told before anything is written
            configs.get(i).check(configFile(name(i)));
        }
        Folders.writable(folder, "data");
        try (var entries = Files.list(folder)) {
            if (entries.findAny().isPresent()) {
                throw new UsageError("--data is '" + folder + "', which holds files but no group; expected an absent or"
                        + " empty folder, or one that 'cluster start' has made");
            }
        }
        List<MemberProcess> members = new ArrayList<>();
        for (NodeConfig config : configs) {
            String name = name(members.size());
            AtomicFiles.write(configFile(name), PlanYaml.write(config));
            members.add(MemberProcess.stopped(name, config.id()));
        }
        LocalGroup.of(configs.get(0).groupOrDefault(), members).write(folder);
    }

    /** One address for two would be found by the member that starts last, when the folder holds the group already. */
    private static void requireDistinctAddresses(List<NodeConfig> configs) {
        Map<String, String> uses = new HashMap<>();
        for (int i = 0; i < configs.size(); i++) {
            NodeConfig config = configs.get(i);
            requireUnused(uses, config.id(), "id of " + name(i));
            requireUnused(uses, config.resp(), "resp of " + name(i));
            requireUnused(uses, config.http(), "http of " + name(i));
        }
    }

    private static void requireUnused(Map<String, String> uses, @Nullable String address, String use) {
        if (address == null || address.endsWith(":0")) {
            return;
        }
        String other = uses.putIfAbsent(address, use);
        if (other != null) {
            throw new UsageError("address '" + address + "' is both " + other + " and " + use
                    + ", expected different ones; choose ports that are further apart");
        }
    }

    /** @param index of the member, from 0 */
    private static String name(int index) {
        return "n" + (index + 1);
    }

    /**
     * Starts the members that do not run, and returns once every member knows a leader.
     *
     * @param insecure whether other hosts may reach members without showing who they are
     * @throws UsageError a configuration asks for what {@code insecure} does not allow or is of another member, or no library can be
     *     loaded from the folder
     * @throws HarnessException a member ended, or none leads in time; those that were started here are stopped again
     */
    public LocalGroup start(boolean insecure) throws IOException, InterruptedException {
        LocalGroup group = LocalGroup.read(folder);
        for (MemberProcess member : group.members()) {
            Path file = configFile(member.name());
            NodeConfig config = NodeConfig.read(file);
            requireKept(file, "id", config.id(), member.id());
            requireKept(file, "group", config.groupOrDefault(), group.group());
            if (!insecure) {
                Exposure.check(config, file);
            }
            // told here, instead of by the first member to end
            config.check(file);
        }
        List<MemberProcess> started = new ArrayList<>();
        try {
            for (MemberProcess member : group.members()) {
                if (member.process().isEmpty()) {
                    MemberProcess running =
                            member.startedAs(launch(member, insecure).toHandle());
                    started.add(running);
                    group = group.with(running);
                    group.write(folder);
                }
            }
            awaitServing(group);
            return group;
        } catch (IOException | InterruptedException | RuntimeException e) {
            for (MemberProcess member : started) {
                if (!end(member)) {
                    e.addSuppressed(new HarnessException("member " + member.id() + " does not end either"));
                }
            }
            throw e;
        }
    }

    /** A member's data is of one id and group, and it is by those that the others and {@link #client} look for it. */
    private static void requireKept(Path file, String key, String written, String made) {
        if (!written.equals(made)) {
            throw new UsageError(file + ": " + key + " is '" + written + "', expected '" + made
                    + "', with which the group was made; change it back, or start another group in another folder");
        }
    }

    private Process launch(MemberProcess member, boolean insecure) throws IOException {
        Path file = configFile(member.name());
        MemberConfig config = NodeConfig.read(file).toMember(file);
        List<EngineProvider> providers =
                List.of(config.log().provider(), config.state().provider());
        LibraryFolder.check(folder, providers);
        Path temporary = Folders.writable(folder.resolve(member.name() + ".tmp"), "temporary");
        List<String> command = new ArrayList<>(ChildJvm.command(
                ChildJvm.flags(heapMiB, List.of(), providers),
                temporary,
                program,
                insecure
                        ? List.of("node", "--config", file.toString(), "--insecure")
                        : List.of("node", "--config", file.toString())));
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            // out of this terminal's reach: neither its Ctrl-C nor its end is meant for the members
            command.add(0, "/usr/bin/setsid");
        }
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(logFile(member.name()).toFile()))
                .start();
    }

    private void awaitServing(LocalGroup group) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + SERVING_PATIENCE.toNanos();
        try (RemoteGroup client = client(group)) {
            while (!group.ids().stream().allMatch(id -> serves(client, id))) {
                for (MemberProcess member : group.members()) {
                    if (member.process().isEmpty()) {
                        throw new HarnessException("member " + member.id() + " ended: "
                                + lastWords(logFile(member.name())) + "; see " + logFile(member.name()));
                    }
                }
                if (System.nanoTime() - deadline > 0) {
                    throw new HarnessException("no leader that every member knows within "
                            + SERVING_PATIENCE.toSeconds() + " s; see " + logFile("n1") + " and those beside it");
                }
                pause();
            }
        }
    }

    private static void pause() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        LockSupport.parkNanos(POLL_NANOS);
    }

    /** Shows the first member's certificate and password if members ask for them. */
    private RemoteGroup client(LocalGroup group) {
        Path first = configFile(group.members().get(0).name());
        NodeConfig config = NodeConfig.read(first);
        TlsConfig tls = config.tls();
        if (tls != null) {
            tls.apply(first);
        }
        return RemoteGroup.of(
                group.group(),
                group.ids(),
                STATUS_PATIENCE,
                config.accessOrDefault().resolve(first).key());
    }

    /**
     * Whether it leads, knows another one that does, or has nothing to wait for: one that the group has removed never will. One that was
     * elected and has not begun its term calls itself the leader, and does not lead yet.
     */
    private static boolean serves(RemoteGroup client, String id) {
        MemberStatus status = statusOf(client, id);
        if (status == null) {
            return false;
        }
        boolean follows = !status.leader().isEmpty() && !status.leader().equals(id);
        return follows
                || status.role().equals(MemberRole.LEADER.code())
                || status.role().equals(MemberRole.REMOVED.code());
    }

    private static @Nullable MemberStatus statusOf(RemoteGroup client, String id) {
        try {
            return client.status(id)
                    .orTimeout(2 * STATUS_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException unreachable) {
            // not there, or not yet: that is the answer
            return null;
        }
    }

    /** How each member sees itself; empty for one that does not answer. In the group's order. */
    public List<Optional<MemberStatus>> status() {
        LocalGroup group = LocalGroup.read(folder);
        try (RemoteGroup client = client(group)) {
            return group.ids().stream()
                    .map(id -> Optional.ofNullable(statusOf(client, id)))
                    .toList();
        }
    }

    /**
     * Stops every member in an orderly way, followers and leader at once; kills one that does not end in a minute.
     *
     * @return how many ran
     * @throws HarnessException one does not end even then; the others were stopped
     */
    public int stop() throws InterruptedException {
        LocalGroup group = LocalGroup.read(folder);
        List<MemberProcess> running = group.members().stream()
                .filter(member -> member.process().isPresent())
                .toList();
        running.forEach(member -> member.process().ifPresent(ProcessHandle::destroy));
        List<MemberProcess> left = new ArrayList<>();
        for (MemberProcess member : running) {
            if (!end(member)) {
                left.add(member);
            }
        }
        if (!left.isEmpty()) {
            throw new HarnessException("still running after they were killed: "
                    + left.stream()
                            .map(member -> member.id() + " (process " + member.pid() + ", state "
                                    + ProcessState.of(member.pid()) + ")")
                            .collect(Collectors.joining(", "))
                    + "; look at what holds them, such as a disk that does not answer");
        }
        return running.size();
    }

    /** @return whether it has ended */
    private static boolean end(MemberProcess member) throws InterruptedException {
        Optional<ProcessHandle> process = member.process();
        if (process.isEmpty()) {
            return true;
        }
        process.get().destroy();
        if (hasEnded(member, STOP_PATIENCE)) {
            return true;
        }
        process.get().destroyForcibly();
        return hasEnded(member, KILL_PATIENCE);
    }

    private static boolean hasEnded(MemberProcess member, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (member.process().isPresent()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            pause();
        }
        return true;
    }

    /** The last line of a log that may be of any length, and hold what is no text. */
    static String lastWords(Path log) throws IOException {
        ByteBuffer end = ByteBuffer.allocate(MOST_LAST_BYTES);
        try (FileChannel channel = FileChannel.open(log)) {
            channel.position(Math.max(0, channel.size() - MOST_LAST_BYTES));
            boolean more = true;
            while (more && end.hasRemaining()) {
                more = channel.read(end) >= 0;
            }
        }
        return new String(end.array(), 0, end.position(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .reduce("it said nothing", (earlier, later) -> later)
                .strip();
    }

    private Path configFile(String name) {
        return folder.resolve(name + ".yaml");
    }

    private Path logFile(String name) {
        return folder.resolve(name + ".log");
    }
}
