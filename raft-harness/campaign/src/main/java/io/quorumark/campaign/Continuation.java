package io.quorumark.campaign;

import io.quorumark.campaign.support.UsageError;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Host;
import io.quorumark.results.model.Software;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What has to be as it was for a campaign to go on: all that its results say of every trial. */
public final class Continuation {
    private static final String NOT_THERE = "left out";
    private static final String OR_BEGIN_ANOTHER = ", or begin another campaign";

    private Continuation() {}

    /**
     * Refuses to go on elsewhere, with another program, or with a plan that has come to mean something else.
     *
     * @param begun as stored
     * @param now what the same plan would begin here
     * @param dataFolder where data is to lie now
     * @throws UsageError with the first difference, both values and what to do
     */
    public static void check(Campaign begun, Campaign now, Path dataFolder) {
        checkHost(begun.host(), now.host(), dataFolder);
        checkSoftware(begun.software(), now.software());
        checkCells(begun, now);
    }

    private static void checkHost(Host begun, Host now, Path dataFolder) {
        if (!now.dataFilesystem().equals(begun.dataFilesystem())) {
            throw new UsageError("the data folder '" + dataFolder + "' is on " + now.dataFilesystem()
                    + ", but the campaign was begun on " + begun.dataFilesystem()
                    + "; go on with --data and a folder there" + OR_BEGIN_ANOTHER);
        }
        if (!now.fingerprint().equals(begun.fingerprint())) {
            throw new UsageError("this is " + text(now) + ", but the campaign was begun on " + text(begun)
                    + "; go on there" + OR_BEGIN_ANOTHER);
        }
    }

    private static String text(Host host) {
        return "host " + host.fingerprint() + " (" + host.cpuModel() + ", " + host.cpuCount() + " processors, "
                + (host.memoryBytes() >> 30) + " GiB, " + host.os() + ", data on " + host.dataDevice() + ")";
    }

    private static void checkSoftware(Software begun, Software now) {
        check("Quorumark", begun.quorumarkVersion(), now.quorumarkVersion());
        if (!isSameProgram(begun, now)) {
            check("revision", revision(begun), revision(now));
        }
        check("Java", begun.javaVersion() + " of " + begun.javaVendor(), now.javaVersion() + " of " + now.javaVendor());
        Set<String> libraries = new TreeSet<>(begun.libraries().keySet());
        libraries.addAll(now.libraries().keySet());
        libraries.remove(ProgramFile.NAME);
        for (String library : libraries) {
            check(
                    library,
                    begun.libraries().getOrDefault(library, NOT_THERE),
                    now.libraries().getOrDefault(library, NOT_THERE));
        }
        check("JVM flags", begun.jvmFlags(), now.jvmFlags());
        checkEngineJars(begun, now.engineJars() == null ? List.of() : now.engineJars());
    }

    /**
     * Refuses other jars of engines from outside than those that the campaign was begun with.
     *
     * @param now in the order of the plan
     * @throws UsageError with the first jar that differs
     */
    static void checkEngineJars(Software begun, List<Software.EngineJar> now) {
        List<Software.EngineJar> before = begun.engineJars() == null ? List.of() : begun.engineJars();
        for (int i = 0; i < Math.max(before.size(), now.size()); i++) {
            check("engine jar", jar(before, i), jar(now, i));
        }
    }

    private static String jar(List<Software.EngineJar> jars, int number) {
        return number < jars.size()
                ? jars.get(number).name() + " of SHA-256 " + jars.get(number).sha256()
                : NOT_THERE;
    }

    /** A program's own digest says more than the checkout it lies in, which may have moved on. */
    private static boolean isSameProgram(Software begun, Software now) {
        String digest = begun.libraries().get(ProgramFile.NAME);
        return digest != null && digest.equals(now.libraries().get(ProgramFile.NAME));
    }

    private static String revision(Software software) {
        return software.gitRevision() + (software.gitDirty() ? " with changes" : "") + ", " + ProgramFile.NAME + " "
                + software.libraries().getOrDefault(ProgramFile.NAME, NOT_THERE);
    }

    private static void check(String what, Object begun, Object now) {
        if (!begun.equals(now)) {
            throw new UsageError("the campaign was begun with " + what + " " + begun + ", and this is " + now
                    + "; go on with the former" + OR_BEGIN_ANOTHER);
        }
    }

    private static void checkCells(Campaign begun, Campaign now) {
        Set<String> ids = now.cells().stream().map(Cell::id).collect(Collectors.toSet());
        for (Cell cell : begun.cells()) {
            if (!ids.contains(cell.id())) {
                throw new UsageError("the campaign measures " + cell.engineName() + " on " + cell.workload()
                        + " as cell " + cell.id() + ", and its plan means other cells now, " + ids
                        + ": a workload's file has changed since; restore it" + OR_BEGIN_ANOTHER);
            }
        }
    }
}
