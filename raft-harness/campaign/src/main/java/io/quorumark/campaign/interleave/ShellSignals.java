package io.quorumark.campaign.interleave;

import io.quorumark.campaign.host.ChildEnd;
import io.quorumark.campaign.support.HarnessException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Signals sent by one shell, whose own {@code kill} needs no further process. The shell answers each command, so that a caller knows when a
 * signal was sent; and when its input ends, however this JVM ended, it lets all processes go on, so that none stays stopped. Signals that a
 * terminal sends to everybody do not end it before that.
 */
final class ShellSignals implements Signals {
    // What a process that has ended meanwhile makes 'kill' and 'taskset' say is of no interest: whether it has ended is
    // seen elsewhere.
    private static final String SCRIPT = """
            while read -r verb processes; do
              case $verb in
                STOP) kill -s STOP $processes ;;
                CONT) kill -s CONT $processes ;;
                *) for process in $processes; do
                    taskset -a -p -c "${verb%/*}" "$process" && taskset -a -p -c "${verb#*/}" "$process"
                  done ;;
              esac >/dev/null 2>&1
              echo done
            done
            kill -s CONT "$@" 2>/dev/null
            exit 0
            """;

    private static final Duration END_PATIENCE = Duration.ofSeconds(10);

    private final List<Integer> processors = Processors.allowed();
    private final String allProcessors =
            processors.stream().map(String::valueOf).collect(Collectors.joining(","));
    private final List<String> families;
    private final Process shell;
    private final Writer commands;
    private final BufferedReader answers;

    private ShellSignals(List<String> families, Process shell) {
        this.families = families;
        this.shell = shell;
        this.commands = shell.outputWriter(StandardCharsets.US_ASCII);
        this.answers = new BufferedReader(new InputStreamReader(shell.getInputStream(), StandardCharsets.US_ASCII));
    }

    /** @param processIds one for each side; what it has started by now is stopped with it */
    static ShellSignals to(long... processIds) {
        List<String> families =
                LongStream.of(processIds).mapToObj(ShellSignals::family).toList();
        List<String> command = new ArrayList<>(List.of("sh", "-c", SCRIPT, "sh"));
        families.forEach(family -> command.addAll(List.of(family.split(" "))));
        try {
            return new ShellSignals(families, new ProcessBuilder(command).start());
        } catch (IOException e) {
            throw new HarnessException(
                    "'sh' cannot be run, which stops one trial while the other has its turn: " + e.getMessage(), e);
        }
    }

    private static String family(long processId) {
        Stream<Long> started = ProcessHandle.of(processId).stream()
                .flatMap(ProcessHandle::descendants)
                .map(ProcessHandle::pid);
        return Stream.concat(Stream.of(processId), started).map(String::valueOf).collect(Collectors.joining(" "));
    }

    @Override
    public void stop(int side) {
        send("STOP " + families.get(side));
    }

    @Override
    public void place(int side, int round) {
        send(processors.get(round % processors.size()) + "/" + allProcessors + " " + families.get(side));
    }

    @Override
    public void goOn(int side) {
        send("CONT " + families.get(side));
    }

    private void send(String command) {
        try {
            commands.write(command + "\n");
            commands.flush();
            if (answers.readLine() == null) {
                throw new IOException("it ended with status " + ChildEnd.within(END_PATIENCE, shell, "the shell"));
            }
        } catch (IOException e) {
            throw new HarnessException(
                    "the shell that was told '" + command + "' does not answer: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            commands.close();
        } catch (IOException e) {
            throw new HarnessException("the shell that stops trials by turns cannot be ended: " + e.getMessage(), e);
        } finally {
            ChildEnd.within(END_PATIENCE, shell, "the shell that stops trials by turns");
        }
    }
}
