package io.quorumark.engine.xodus;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.Keyspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Opens an engine in a JVM of its own and tells what came of it. */
final class ChildProcess {
    private ChildProcess() {}

    /** @return {@code opened}, or the exception's simple name and message */
    static String open(Path directory, List<String> jvmFlags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmFlags);
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), ChildProcess.class.getName(), directory.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return answer.strip();
    }

    public static void main(String[] args) {
        EngineConfig config =
                EngineConfig.of(Path.of(args[0]), Keyspace.listOf("data", "index"), Durability.PROCESS_CRASH);
        try {
            new XodusEngineProvider().open(config).close();
            System.out.println("opened");
        } catch (EngineException e) {
            System.out.println(e.getClass().getSimpleName() + " " + e.getMessage());
        }
    }
}
