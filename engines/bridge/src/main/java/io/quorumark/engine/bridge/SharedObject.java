package io.quorumark.engine.bridge;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A library, looked at before it is loaded: the dynamic loader maps a truncated one without a word, and the first page that is not there
 * ends the process. What else does not fit is told before any of its code runs, and before a plan's first trial.
 */
final class SharedObject {
    /** Holds the version of the interface, so that it can be read here. */
    static final String VERSION_CONSTANT = "qm_abi";

    private static final int X86_64 = 62;
    private static final int AARCH64 = 183;

    private SharedObject() {}

    /**
     * What is wrong with it, in words that follow the file's name.
     *
     * @param functions that it must have
     * @param abiVersion that it must have been compiled with; one that does not tell before it is loaded is let through
     */
    static Optional<String> problem(Path path, Platform platform, List<String> functions, int abiVersion)
            throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            Optional<ElfFile> elf = ElfFile.of(file);
            if (elf.isEmpty()) {
                return Optional.of("is not a 64-bit shared library of Linux");
            }
            ElfFile library = elf.get();
            int wanted = platform.architecture().equals("aarch64") ? AARCH64 : X86_64;
            if (library.machine() != wanted) {
                return Optional.of("is for the ELF machine " + library.machine() + ", expected " + wanted + " ("
                        + platform.architecture() + ")");
            }
            if (file.size() < library.end()) {
                return Optional.of("is truncated, it has " + file.size() + " of " + library.end() + " bytes");
            }
            Optional<String> otherLibc = otherLibc(library, platform);
            return otherLibc.isPresent() ? otherLibc : otherInterface(library, functions, abiVersion);
        } catch (EOFException e) {
            return Optional.of("is truncated, it ends within its headers");
        }
    }

    private static Optional<String> otherLibc(ElfFile library, Platform platform) throws IOException {
        for (String needed : library.neededLibraries()) {
            String libc = needed.startsWith("libc.musl-")
                    ? Platform.MUSL
                    : needed.equals("libc.so.6") ? Platform.GLIBC : platform.libc();
            if (!libc.equals(platform.libc())) {
                return Optional.of("is built for " + libc + ", expected " + platform.libc()
                        + ", which is the C library of this system");
            }
        }
        return Optional.empty();
    }

    private static Optional<String> otherInterface(ElfFile library, List<String> functions, int abiVersion)
            throws IOException {
        Map<String, Long> symbols = library.symbols();
        if (symbols == null) {
            return Optional.empty();
        }
        List<String> absent = functions.stream()
                .filter(function -> !symbols.containsKey(function))
                .toList();
        if (!absent.isEmpty()) {
            return Optional.of("lacks the functions " + absent);
        }
        Long constant = symbols.get(VERSION_CONSTANT);
        if (constant == null) {
            return Optional.empty();
        }
        int version = library.intAt(constant);
        return version == abiVersion ? Optional.empty() : Optional.of(otherVersion(version, abiVersion));
    }

    /** In words that follow the file's name. */
    static String otherVersion(int version, int wanted) {
        return "has interface version " + version + ", expected " + wanted;
    }
}
