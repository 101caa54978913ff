package io.quorumark.results.store;

import io.quorumark.results.model.Trial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a campaign's folder held when the campaign ended, and which documents were made of it: {@code manifest.json}. With it,
 * {@code verify} tells a trial that was taken away from one that never ran, and a document that was edited from one that is out of date.
 *
 * <p>Whoever can write to the folder can also write the manifest anew; docs/verification.md says what that leaves undetected.
 *
 * @param formatVersion {@link #FORMAT_VERSION} when written; a reader refuses any other
 * @param ended whether the campaign ran to its end; if not, {@code files} knows nothing of its trials
 * @param files SHA-256 of every stored file by its path in the folder, parts separated by {@code /}
 * @param documents made of them, by file name
 */
public record Manifest(int formatVersion, boolean ended, Map<String, String> files, Map<String, Document> documents) {
    public static final int FORMAT_VERSION = 1;

    private static final Manifest NOTHING = new Manifest(FORMAT_VERSION, false, Map.of(), Map.of());

    /**
     * @param sha256 of the file as it was written
     * @param madeBy the program's version, with the digest of its file if it ran from one
     */
    public record Document(String sha256, String madeBy) {}

    public Manifest {
        files = Collections.unmodifiableMap(new TreeMap<>(files));
        documents = Collections.unmodifiableMap(new TreeMap<>(documents));
    }

    /**
     * The manifest of a folder; empty if it has none, because its campaign has not ended or is of an older version.
     *
     * @throws ResultsException it is damaged, a link that leads nowhere, or of another version
     */
    public static Optional<Manifest> in(CampaignFolder folder) {
        Path file = folder.manifestJson();
        // a link that leads nowhere is damage, and not a campaign that has not ended
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        Manifest manifest = ResultsJson.read(file, Manifest.class);
        if (manifest.formatVersion != FORMAT_VERSION) {
            throw ResultsException.otherVersion(file, manifest.formatVersion, FORMAT_VERSION);
        }
        return Optional.of(manifest);
    }

    /** Records every file of a campaign that has ended; what documents there were is forgotten. Durable on return. */
    public static void seal(CampaignFolder folder) throws IOException {
        write(folder, new Manifest(FORMAT_VERSION, true, digests(folder), Map.of()));
    }

    /**
     * Lets a campaign go on that has ended: trials that failed may be replaced from now on, all others not. Does nothing without a
     * manifest. Durable on return.
     */
    public static void reopen(StoredCampaign stored) throws IOException {
        CampaignFolder folder = stored.folder();
        Optional<Manifest> before = in(folder);
        if (before.isEmpty()) {
            return;
        }
        Map<String, String> files = new TreeMap<>(before.get().files);
        stored.trials().stream()
                .filter(trial -> trial.outcome() == Trial.Outcome.FAILED)
                .flatMap(trial -> Stream.of(
                        folder.trialJson(trial.block(), trial.cellId()),
                        folder.trialHistograms(trial.block(), trial.cellId()),
                        folder.trialLog(trial.block(), trial.cellId())))
                .forEach(file -> files.remove(nameIn(folder, file)));
        write(folder, new Manifest(FORMAT_VERSION, false, files, before.get().documents));
    }

    /**
     * Records documents that have just been written, with the weights and the evidence that lie in the folder. Trials stay as they were
     * recorded: a document that is made again does not hide that one is gone.
     */
    public static void recordDocuments(CampaignFolder folder, List<Path> made, String madeBy) throws IOException {
        Manifest before = in(folder).orElse(NOTHING);
        Map<String, Document> documents = new TreeMap<>(before.documents);
        for (Path document : made) {
            documents.put(nameIn(folder, document), new Document(Sha256.ofFile(document), madeBy));
        }
        Map<String, String> files = new TreeMap<>(before.files);
        files.keySet().removeIf(Manifest::isReadByDecisions);
        // trials are not even listed: there may be ten thousand
        files.putAll(digests(
                folder,
                storedFiles(folder, List.of(CampaignFolder.WEIGHTS)).stream()
                        .filter(file -> isReadByDecisions(nameIn(folder, file)))
                        .toList()));
        write(folder, new Manifest(FORMAT_VERSION, before.ended, files, documents));
    }

    /** Records a file that was added to a campaign, such as drills. */
    public static void recordFile(CampaignFolder folder, Path file) throws IOException {
        Manifest before = in(folder).orElse(NOTHING);
        Map<String, String> files = new TreeMap<>(before.files);
        files.put(nameIn(folder, file), Sha256.ofFile(file));
        write(folder, new Manifest(FORMAT_VERSION, before.ended, files, before.documents));
    }

    /** What people add to a campaign for a decision's sake: weights, and evidence of durability and of histories. */
    private static boolean isReadByDecisions(String file) {
        return file.startsWith(CampaignFolder.WEIGHTS + "/") || CampaignFolder.EVIDENCE.contains(file);
    }

    /** By path; of all files of the campaign. */
    static Map<String, String> digests(CampaignFolder folder) throws IOException {
        return digests(folder, storedFiles(folder, CampaignFolder.FOLDERS));
    }

    private static Map<String, String> digests(CampaignFolder folder, List<Path> wanted) throws IOException {
        try {
            Map<String, String> digests = new TreeMap<>();
            wanted.parallelStream()
                    .map(file -> Map.entry(nameIn(folder, file), digest(file)))
                    .toList()
                    .forEach(entry -> digests.put(entry.getKey(), entry.getValue()));
            return digests;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static String digest(Path file) {
        try {
            return Sha256.ofFile(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that a campaign stores itself and in some of its folders; its documents, this manifest and the lock left out. */
    private static List<Path> storedFiles(CampaignFolder folder, List<String> folders) throws IOException {
        Stream.Builder<Path> found = Stream.builder();
        try (Stream<Path> files = Files.list(folder.root())) {
            files.filter(Files::isRegularFile)
                    .filter(file ->
                            file.equals(folder.planYaml()) || file.toString().endsWith(".json"))
                    .filter(file -> !file.equals(folder.manifestJson()))
                    .forEach(found);
        }
        for (String name : folders) {
            Path below = folder.root().resolve(name);
            if (Files.isDirectory(below)) {
                try (Stream<Path> files = Files.walk(below)) {
                    files.filter(Files::isRegularFile)
                            .filter(file -> !file.toString().endsWith(AtomicFiles.TEMPORARY_SUFFIX))
                            .forEach(found);
                }
            }
        }
        return found.build().toList();
    }

    static String nameIn(CampaignFolder folder, Path file) {
        return folder.root().relativize(file).toString().replace('\\', '/');
    }

    private static void write(CampaignFolder folder, Manifest manifest) throws IOException {
        AtomicFiles.write(folder.manifestJson(), ResultsJson.write(manifest));
    }
}
