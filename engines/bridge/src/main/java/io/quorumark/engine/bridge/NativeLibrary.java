package io.quorumark.engine.bridge;

import com.kenai.jffi.Library;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.support.NativeLibraries;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jnr.ffi.LibraryLoader;
import jnr.ffi.LibraryOption;
import org.jspecify.annotations.Nullable;

/** A native library that holds engines: whether it is there, and its functions once it is loaded. Thread-safe. */
public final class NativeLibrary {
    /** The engines written in Go; a process can hold one Go runtime, so that they share a library. */
    public static final NativeLibrary GO = new NativeLibrary(
            "libquorumark_go.so", "install Go 1.25 or later and run scripts/build --native", NativeLibrary::goProblem);

    /** The engines written in Rust. */
    public static final NativeLibrary RUST = new NativeLibrary(
            "libquorumark_rust.so",
            "install Rust 1.90 or later and run scripts/build --native",
            (environment, platform) -> libcProblem(platform));

    static final int ABI_VERSION = 2;
    private static final int FIRST_TEXT_BYTES = 4 << 10;
    private static final List<String> FUNCTIONS = Arrays.stream(NativeCalls.class.getMethods())
            .map(Method::getName)
            .sorted()
            .toList();

    private final String fileName;
    private final String remedy;
    private final Surroundings surroundings;
    private @Nullable NativeCalls loaded;

    /** What stands against a library whatever its file is like. */
    @FunctionalInterface
    interface Surroundings {
        Optional<String> problem(Map<String, String> environment, Platform platform);
    }

    NativeLibrary(String fileName, String remedy, Surroundings surroundings) {
        this.fileName = fileName;
        this.remedy = remedy;
        this.surroundings = surroundings;
    }

    /** A library that is not one of the project's own. */
    public static NativeLibrary of(String fileName, String remedy) {
        return new NativeLibrary(fileName, remedy, (environment, platform) -> Optional.empty());
    }

    /** Why its engines cannot be opened here, and what to do, without loading it. */
    public Optional<String> unavailable() {
        try {
            Platform platform = Platform.ofThisProcess();
            Optional<String> problem = surroundings.problem(System.getenv(), platform);
            if (problem.isPresent()) {
                return problem;
            }
            if (!LibraryFile.isPresent(fileName)) {
                return Optional.of("not built here: " + fileName + " is missing; " + remedy);
            }
            Optional<Path> file = LibraryFile.inPlace(fileName);
            return file.isEmpty()
                    ? Optional.empty()
                    : SharedObject.problem(file.get(), platform, FUNCTIONS, ABI_VERSION)
                            .map(found -> fileName + " " + found + "; " + remedy);
        } catch (IOException e) {
            return Optional.of(fileName + " cannot be read (" + e + "); check its permissions");
        }
    }

    /** Whether it lies in a jar, and is copied into the temporary folder to be loaded. */
    boolean isPacked() {
        return LibraryFile.isPacked(fileName);
    }

    /**
     * The collector of a Go library is told the memory budget. Settings in the environment that say otherwise would make the budget a lie.
     */
    static Optional<String> goProblem(Map<String, String> environment, Platform platform) {
        for (String name : List.of("GOGC", "GOMEMLIMIT")) {
            String value = environment.get(name);
            if (value != null) {
                return Optional.of("the environment sets " + name + "=" + value
                        + ", which stands against the memory budget; unset it and try again");
            }
        }
        return libcProblem(platform);
    }

    /** The project's own libraries are built for glibc, and so is what they are called through. */
    private static Optional<String> libcProblem(Platform platform) {
        return platform.libc().equals(Platform.GLIBC)
                ? Optional.empty()
                : Optional.of("engines in Go and Rust need glibc, and the C library of this system is "
                        + platform.libc() + "; use a system with glibc");
    }

    /**
     * Its functions; loads it at the first call. Engines are used through their providers; this is for measuring what a call costs.
     *
     * @param engineId who asks, for the message of a failure; so is {@code directory}
     * @throws EngineException.Unsupported it is not there, or does not load here, or is of another version; nothing of it is used then
     */
    public synchronized NativeCalls calls(String engineId, Path directory) {
        NativeCalls found = loaded;
        if (found == null) {
            found = load(engineId, directory);
            loaded = found;
        }
        return found;
    }

    private NativeCalls load(String engineId, Path directory) {
        try {
            Platform platform = Platform.ofThisProcess();
            Optional<String> problem = surroundings.problem(System.getenv(), platform);
            if (problem.isPresent()) {
                throw new EngineException.Unsupported(engineId, directory, problem.get());
            }
            LibraryFile file = LibraryFile.find(fileName).orElseThrow(() -> refused(engineId, directory, "is missing"));
            try {
                return bind(engineId, directory, file.path(), platform);
            } finally {
                file.release();
            }
        } catch (IOException e) {
            throw new EngineException.Unsupported(
                    engineId,
                    directory,
                    fileName + " cannot be read or unpacked (" + e + "); check java.io.tmpdir and the permissions",
                    e);
        } catch (LinkageError e) {
            // Of the library that others are called through, which is unpacked when it is first used.
            throw new EngineException.Unsupported(
                    engineId,
                    directory,
                    NativeLibraries.whyNotLoaded(
                            Path.of(System.getProperty("java.io.tmpdir")),
                            "java.io.tmpdir",
                            e,
                            "use a platform that jnr-ffi supports"),
                    e);
        }
    }

    private NativeCalls bind(String engineId, Path directory, Path file, Platform platform) throws IOException {
        Optional<String> problem = SharedObject.problem(file, platform, FUNCTIONS, ABI_VERSION);
        if (problem.isPresent()) {
            throw refused(engineId, directory, problem.get());
        }
        Library library = Library.openLibrary(file.toString(), Library.NOW | Library.LOCAL);
        if (library == null) {
            throw refused(engineId, directory, "does not load: " + loaderSentence(Library.getLastError()));
        }
        // The interface answers in its own codes: keeping errno of each call would only cost.
        NativeCalls calls = LibraryLoader.create(NativeCalls.class)
                .option(LibraryOption.IgnoreError, true)
                .failImmediately()
                .load(file.toString());
        int version = calls.qm_abi_version();
        if (version != ABI_VERSION) {
            throw refused(engineId, directory, SharedObject.otherVersion(version, ABI_VERSION));
        }
        return calls;
    }

    /** The loader's own words, with what they mean if they do not say it. */
    private static String loaderSentence(String said) {
        String oneLine = said.replaceAll("\\s+", " ").strip();
        return oneLine.contains("failed to map segment")
                ? oneLine
                        + " (its folder is mounted without permission to execute: name another with -Djava.io.tmpdir or -D"
                        + LibraryFile.DIRECTORY_PROPERTY + ")"
                : oneLine;
    }

    private EngineException.Unsupported refused(String engineId, Path directory, String problem) {
        return new EngineException.Unsupported(engineId, directory, fileName + " " + problem + "; " + remedy);
    }

    /**
     * What the library says of itself: {@code library}, {@code toolchain}, and a version and licence for each engine.
     *
     * @throws EngineException.Unsupported as of {@link #calls}
     */
    public Map<String, String> describe(String engineId, Path directory) {
        NativeCalls calls = calls(engineId, directory);
        CallRecord call = new CallRecord(FIRST_TEXT_BYTES);
        long length = calls.qm_describe(call.address());
        if (length == NativeErrors.TOO_SMALL) {
            call.growOut(call.needed());
            length = calls.qm_describe(call.address());
        }
        if (length < 0 || length > call.capacity()) {
            throw refused(engineId, directory, "does not describe itself (" + length + ")");
        }
        Map<String, String> found = new TreeMap<>();
        ConfigText.read(call.out(), length).lines().forEach(line -> {
            String[] parts = line.split("\t", 2);
            found.put(parts[0], parts.length == 2 ? parts[1] : "");
        });
        return found;
    }
}
