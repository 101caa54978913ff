package io.quorumark.campaign.support;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Commands that a person can paste into a shell: how this program is called, and words as a shell takes them. */
public final class Invocation {
    /** How the program is called in a checkout's own folder. */
    private static final String SCRIPT = "scripts/quorumark";

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private Invocation() {}

    /** A command for the folder that this process works in: with these words after the program's name. */
    public static String here(String... words) {
        return launcher() + " " + quoted(Arrays.asList(words));
    }

    /** A command for the folder of any checkout. */
    public static String inCheckout(List<String> words) {
        return SCRIPT + " " + quoted(words);
    }

    /** What this program is called in the folder that it works in. */
    public static String launcher() {
        String home = System.getProperty("quorumark.home");
        if (home == null) {
            return SCRIPT;
        }
        Path here = Path.of("").toAbsolutePath();
        Path script = Path.of(home).resolve(SCRIPT);
        return quoted(List.of(script.startsWith(here) ? here.relativize(script).toString() : script.toString()));
    }

    /** A path as a command for the checkout's folder has it: relative if it lies below. */
    public static String pathInCheckout(Path path) {
        Path home = Path.of(System.getProperty("quorumark.home", ""))
                .toAbsolutePath()
                .normalize();
        Path absolute = path.toAbsolutePath().normalize();
        return absolute.startsWith(home) ? home.relativize(absolute).toString() : absolute.toString();
    }

    /** A path as a command for the working folder has it: relative if it lies below. */
    public static String pathHere(Path path) {
        Path here = Path.of("").toAbsolutePath();
        Path absolute = path.toAbsolutePath().normalize();
        return absolute.startsWith(here) ? here.relativize(absolute).toString() : absolute.toString();
    }

    private static String quoted(List<String> words) {
        return words.stream()
                .map(word -> PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }
}
