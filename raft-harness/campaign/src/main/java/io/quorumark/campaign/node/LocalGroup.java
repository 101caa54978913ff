package io.quorumark.campaign.node;

import io.quorumark.campaign.host.ProcessState;
import io.quorumark.campaign.support.UsageError;
import io.quorumark.results.store.AtomicFiles;
import io.quorumark.results.store.ResultsJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code quorumark cluster} knows of a local group of processes, kept in its folder as {@code group.json}.
 *
 * @param format of this file
 * @param group the group's name
 * @param members in the order they were made
 */
public record LocalGroup(int format, String group, List<MemberProcess> members) {
    private static final String FILE = "group.json";
    private static final int FORMAT = 1;

    public LocalGroup {
        members = List.copyOf(members);
    }

    /**
     * @param name of its folder and files: {@code n1}, {@code n2}, …
     * @param id its address
     * @param pid of its process; 0 if none was started
     * @param startedAt when the operating system says that this process began, so that another one with the same number is not taken for
     *     it; the epoch if it does not say
     */
    public record MemberProcess(String name, String id, long pid, Instant startedAt) {
        static MemberProcess stopped(String name, String id) {
            return new MemberProcess(name, id, 0, Instant.EPOCH);
        }

        MemberProcess startedAs(ProcessHandle process) {
            return new MemberProcess(name, id, process.pid(), beginningOf(process));
        }

        /** Its process, if it still runs. */
        public Optional<ProcessHandle> process() {
            if (pid == 0) {
                return Optional.empty();
            }
            return ProcessHandle.of(pid)
                    .filter(process -> ProcessState.isRunning(pid))
                    .filter(process -> beginningOf(process).equals(startedAt));
        }

        private static Instant beginningOf(ProcessHandle process) {
            return process.info().startInstant().orElse(Instant.EPOCH);
        }
    }

    static LocalGroup of(String group, List<MemberProcess> members) {
        return new LocalGroup(FORMAT, group, members);
    }

    static boolean existsIn(Path folder) {
        return Files.exists(folder.resolve(FILE));
    }

    /** @throws UsageError the folder holds no group, or one of another version */
    public static LocalGroup read(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            throw new UsageError(
                    "'" + folder + "' holds no group; expected the folder given to 'cluster start --data'");
        }
        LocalGroup read = ResultsJson.read(file, LocalGroup.class);
        if (read.format != FORMAT) {
            throw new UsageError(file + " has format " + read.format + ", expected " + FORMAT
                    + "; use the version of quorumark that wrote it");
        }
        return read;
    }

    void write(Path folder) throws IOException {
        AtomicFiles.write(folder.resolve(FILE), ResultsJson.write(this));
    }

    LocalGroup with(MemberProcess changed) {
        List<MemberProcess> next = new ArrayList<>(members);
        next.replaceAll(member -> member.name().equals(changed.name()) ? changed : member);
        return new LocalGroup(format, group, next);
    }

    public List<String> ids() {
        return members.stream().map(MemberProcess::id).toList();
    }
}
