package io.quorumark.engine.lmdb;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.Keyspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Opens a folder in a process of its own and prints what came of it. */
final class OpenInAnotherProcess {
    private OpenInAnotherProcess() {}

    /** @return the simple name of the exception with its message, or {@code opened} */
    static String andSay(Path directory, List<String> jvmFlags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmFlags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(OpenInAnotherProcess.class.getName(), directory.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    public static void main(String[] arguments) {
        EngineConfig config =
                EngineConfig.of(Path.of(arguments[0]), Keyspace.listOf("log", "state"), Durability.POWER_LOSS);
        try {
            new LmdbEngineProvider().open(config).close();
            System.out.print("opened");
        } catch (EngineException e) {
            System.out.print(e.getClass().getSimpleName() + " " + e.getMessage());
        }
    }
}
