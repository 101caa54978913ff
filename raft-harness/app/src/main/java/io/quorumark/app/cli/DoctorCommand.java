package io.quorumark.app.cli;

import io.quorumark.campaign.engine.Engines;
import io.quorumark.campaign.host.CpuTicks;
import io.quorumark.campaign.host.GroupCommitLimit;
import io.quorumark.campaign.host.HostProbe;
import io.quorumark.campaign.host.SchedulerNoise;
import io.quorumark.campaign.host.SyncRate;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import io.quorumark.results.ExitCode;
import io.quorumark.results.model.Host;
import io.quorumark.results.store.ResultsJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code quorumark doctor}: what this machine can do, and whether engines run on it. */
@Command(
        name = "doctor",
        subcommands = DoctorPlanCommand.class,
        mixinStandardHelpOptions = true,
        description = {
            "Measure this machine's limits (syncs, group commit, clock, scheduler) and open every engine on it.",
            "Takes about ten seconds."
        },
        footer = {
            "%nExit code 7 if an engine does not open.",
            "%nExamples:",
            "  ${ROOT-COMMAND-NAME} doctor",
            "  ${ROOT-COMMAND-NAME} doctor --data /mnt/nvme --json"
        })
final class DoctorCommand implements Callable<Integer> {
    private static final Duration SYNCS = Duration.ofSeconds(2);
    private static final Duration GROUP_COMMITS = Duration.ofSeconds(3);
    private static final int MEMBERS = 3;
    private static final double MOST_STEAL = 0.02;
    private static final double LATE_WAKE_UP_MICROS = 1000;

    @Mixin
    private final ScratchOption scratch = new ScratchOption();

    @Mixin
    private final EnginePathOption enginePath = new EnginePathOption();

    @Option(names = "--json", description = "Print the findings as JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /**
     * Everything that was found.
     *
     * @param stealRatio share of processor time that other guests took meanwhile
     * @param groupCommitLimit outstanding writes to the acknowledged writes a second that three members on this device could reach at
     *     most at {@code POWER_LOSS}
     * @param engines engine to {@code ok}, or to why it does not run here
     * @param warnings what makes this a poor place to measure
     */
    record DoctorReport(
            Host host,
            double stealRatio,
            SyncRate sync,
            SchedulerNoise scheduler,
            Map<String, Double> groupCommitLimit,
            Map<String, String> engines,
            List<String> warnings) {}

    @Override
    public Integer call() throws Exception {
        Engines engines = enginePath.engines();
        engines.faults().forEach(fault -> LeftOut.say(spec, fault));
        try (ScratchFolder folder = scratch.newFolder("quorumark-doctor-")) {
            DoctorReport report = examine(folder.path(), engines);
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.print(ResultsJson.write(report));
            } else {
                print(out, report);
            }
            out.flush();
            return allOpen(report, engines) ? 0 : ExitCode.HARNESS.code();
        }
    }

    private DoctorReport examine(Path folder, Engines known) throws IOException, InterruptedException {
        CpuTicks before = CpuTicks.now();
        Host host = HostProbe.probe(scratch.parent());
        say("clock and scheduler");
        SchedulerNoise scheduler = SchedulerNoise.measure();
        say("syncs");
        SyncRate sync = SyncRate.measure(folder, SYNCS);
        Map<String, Double> limits = new TreeMap<>();
        for (int outstanding : new int[] {64, 256}) {
            say("group commit, " + outstanding + " writes outstanding");
            limits.put(
                    Integer.toString(outstanding),
                    GroupCommitLimit.measure(folder, MEMBERS, outstanding, GROUP_COMMITS));
        }
        Map<String, String> engines = new TreeMap<>();
        for (EngineProvider provider : known.inOrder()) {
            say("engine " + provider.id());
            engines.put(
                    provider.id(),
                    provider.unavailable().orElseGet(() -> tryOut(provider, folder.resolve(provider.id()))));
        }
        double steal = CpuTicks.now().stealRatioSince(before);
        return new DoctorReport(host, steal, sync, scheduler, limits, engines, warnings(host, steal, scheduler));
    }

    /** One that was not built here is no fault of the machine. */
    private static boolean allOpen(DoctorReport report, Engines engines) {
        for (EngineProvider provider : engines.inOrder()) {
            if (provider.unavailable().isEmpty()
                    && !"ok".equals(report.engines().get(provider.id()))) {
                return false;
            }
        }
        return true;
    }

    private static List<String> warnings(Host host, double steal, SchedulerNoise scheduler) {
        List<String> warnings = new ArrayList<>(host.warnings());
        if (steal > MOST_STEAL) {
            warnings.add("Other guests took " + percent(steal) + " of the processors: campaigns will void trials.");
        }
        if (scheduler.wakeUpP99Micros() > LATE_WAKE_UP_MICROS) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "One wake-up in a hundred is late by more than %.1f ms: tail latencies say as much of the machine as of the engine.",
                    scheduler.wakeUpP99Micros() / 1000));
        }
        return warnings;
    }

    private static String tryOut(EngineProvider provider, Path folder) {
        List<Keyspace> keyspaces = Keyspace.listOf("kv");
        Durability level = provider.capabilities().strongestUpTo(Durability.POWER_LOSS);
        try (KVEngine engine = provider.open(EngineConfig.of(folder, keyspaces, level));
                Session session = engine.openSession()) {
            ByteBuffer key = session.allocate(1).put(0, (byte) 1);
            session.put(keyspaces.get(0), key, key, level);
            return "ok";
        } catch (RuntimeException | LinkageError e) {
            return String.valueOf(e.getMessage());
        }
    }

    private void say(String what) {
        if (!json) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("measuring: " + what);
            err.flush();
        }
    }

    private static void print(PrintWriter out, DoctorReport report) {
        Host host = report.host();
        out.printf(
                "%nmachine        %s, %d processors, %d GiB, %s%n",
                host.cpuModel(), host.cpuCount(), host.memoryBytes() >> 30, host.os());
        out.printf("data           %s on %s (%s)%n", host.dataFilesystem(), host.dataDevice(), host.mountOptions());
        out.printf("fingerprint    %s: campaigns compare if it agrees%n", host.fingerprint());
        out.printf("stolen time    %s%n", percent(report.stealRatio()));
        out.printf(
                "clock          %.0f ns a call; naps of 1 ms end %.0f µs late (p99 %.0f µs)%n",
                report.scheduler().clockNanos(),
                report.scheduler().wakeUpP50Micros(),
                report.scheduler().wakeUpP99Micros());
        out.printf(
                "sync           4 KiB appended and forced in %.0f µs (p99 %.0f µs), %,.0f a second%n",
                report.sync().p50Micros(),
                report.sync().p99Micros(),
                report.sync().perSecond());
        report.groupCommitLimit()
                .forEach((outstanding, writes) -> out.printf(
                        "group commit   %,.0f writes a second at POWER_LOSS at most: three members, %s outstanding%n",
                        writes, outstanding));
        report.engines().forEach((engine, answer) -> out.printf("engine         %-8s %s%n", engine, answer));
        report.warnings().forEach(warning -> out.printf("warning        %s%n", warning));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
