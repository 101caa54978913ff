package io.quorumark.raft.nemesis;

import io.quorumark.raft.Await;
import io.quorumark.raft.LoopbackPorts;
import io.quorumark.raft.RemoteGroup;
import io.quorumark.raft.message.MemberStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Three members, each a process of its own, and the signals that can be sent to them. */
final class ProcessGroup implements Victims, AutoCloseable {
    private static final int MEMBERS = 3;
    private static final Duration OPERATION_TIMEOUT = Duration.ofSeconds(2);
    private static final long STATUS_MILLIS = 500;

    private final Path directory;
    private final String logEngine;
    private final String stateEngine;
    private final List<String> ids = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();
    private final Set<Integer> killed = new TreeSet<>();
    private final RemoteGroup client;
    private int lastLeader;

    private ProcessGroup(Path directory, String logEngine, String stateEngine) throws IOException {
        this.directory = directory;
        this.logEngine = logEngine;
        this.stateEngine = stateEngine;
        LoopbackPorts.choose(MEMBERS).forEach(port -> ids.add("127.0.0.1:" + port));
        client = newClient();
    }

    static ProcessGroup start(Path directory, String logEngine, String stateEngine) throws IOException {
        ProcessGroup group = new ProcessGroup(directory, logEngine, stateEngine);
        try {
            for (int member = 0; member < MEMBERS; member++) {
                group.processes.add(group.launch(member));
            }
            for (Process process : group.processes) {
                awaitStarted(process);
            }
            Await.until("a member leads", () -> group.leads(group.leader()));
            return group;
        } catch (RuntimeException | Error e) {
            group.close();
            throw e;
        }
    }

    /** A client of its own, to be closed by the caller. */
    RemoteGroup newClient() {
        return RemoteGroup.of(MemberProcess.GROUP, ids, OPERATION_TIMEOUT);
    }

    private Process launch(int member) {
        Path home = directory.resolve("process-" + member);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("-javaagent") && !flag.startsWith("-Xmx"))
                .forEach(command::add);
        // a killed process leaves the native libraries that it unpacked: they go with the test's folder
        command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + home.resolve("tmp")));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MemberProcess.class.getName()));
        command.addAll(List.of(ids.get(member), home.resolve("member").toString(), logEngine, stateEngine));
        command.addAll(ids);
        try {
            Files.createDirectories(home.resolve("tmp"));
            return new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(
                            home.resolve("errors").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a member's process: " + e.getMessage(), e);
        }
    }

    private static void awaitStarted(Process process) {
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("started")) {
                    return;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read what a member's process says: " + e.getMessage(), e);
        }
        throw new IllegalStateException("a member's process ended before it had started; see the file 'errors'");
    }

    @Override
    public Set<Fault.Kind> possible() {
        return EnumSet.of(Fault.Kind.KILL, Fault.Kind.PAUSE);
    }

    @Override
    public int size() {
        return MEMBERS;
    }

    @Override
    public int leader() {
        for (int member = 0; member < MEMBERS; member++) {
            if (leads(member)) {
                lastLeader = member;
                break;
            }
        }
        return lastLeader;
    }

    private boolean leads(int member) {
        try {
            MemberStatus status = client.status(ids.get(member)).get(STATUS_MILLIS, TimeUnit.MILLISECONDS);
            return status.leads();
        } catch (TimeoutException | ExecutionException e) {
            // it is dead, stopped or starting, and certainly not known to lead
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void inflict(Fault.Kind kind, int member) {
        switch (kind) {
            case KILL -> {
                processes.get(member).toHandle().destroyForcibly();
                awaitEnd(processes.get(member));
                killed.add(member);
            }
            case PAUSE -> signal("STOP", member);
            default -> throw new IllegalArgumentException("cannot inflict " + kind + " on a process");
        }
    }

    @Override
    public void relieve(Fault.Kind kind, int member) {
        switch (kind) {
            case KILL -> {
                // those that were killed together start together, as after a power cut
                killed.forEach(dead -> processes.set(dead, launch(dead)));
                killed.clear();
                awaitStarted(processes.get(member));
            }
            case PAUSE -> signal("CONT", member);
            default -> throw new IllegalArgumentException(kind + " was never inflicted");
        }
    }

    private void signal(String name, int member) {
        try {
            Process kill = new ProcessBuilder(
                            "kill",
                            "-" + name,
                            Long.toString(processes.get(member).pid()))
                    .inheritIO()
                    .start();
            awaitEnd(kill);
            if (kill.exitValue() != 0) {
                throw new IllegalStateException("kill -" + name + " of member " + member + " ended with "
                        + kill.exitValue() + "; did the process die?");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run kill: " + e.getMessage(), e);
        }
    }

    private static void awaitEnd(Process process) {
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("process " + process.pid() + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Kills what still runs. */
    @Override
    public void close() {
        client.close();
        for (Process process : processes) {
            process.destroyForcibly();
            awaitEnd(process);
        }
    }
}
