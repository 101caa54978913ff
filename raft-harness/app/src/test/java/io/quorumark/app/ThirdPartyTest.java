package io.quorumark.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** THIRD-PARTY.md names all that is shipped. After a dependency has changed, {@code scripts/third-party} writes it anew. */
class ThirdPartyTest {
    private static final Path ROOT = Path.of("../..");
    private static final String REMEDY = "; run scripts/third-party";

    /** How the names of jars begin that only tests use. */
    private static final List<String> TESTS_ONLY = List.of(
            "apiguardian-", "archunit", "assertj-", "byte-buddy", "junit-", "opentest4j-", "quorumark-", "surefire-");

    private static List<String> document() throws Exception {
        return Files.readAllLines(ROOT.resolve("THIRD-PARTY.md"));
    }

    private static List<String[]> rows(String heading) throws Exception {
        List<String> lines = document();
        int begin = lines.indexOf(heading);
        assertThat(begin).as("the heading '%s'", heading).isNotNegative();
        return lines.subList(begin + 4, lines.size()).stream()
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.split("\\s*\\|\\s*"))
                .toList();
    }

    @Test
    void every_jar_that_is_shipped_is_named_in_its_version_and_no_other() throws Exception {
        Set<String> shipped = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> path.toString().endsWith(".jar"))
                .filter(jar -> TESTS_ONLY.stream().noneMatch(jar.toFile().getName()::startsWith))
                .map(ThirdPartyTest::artifactAndVersion)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> named = rows("## Java").stream()
                .map(row -> row[1].substring(row[1].indexOf(':') + 1) + " " + row[2])
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named)
                .as("jars in THIRD-PARTY.md, against those of the class path" + REMEDY)
                .isEqualTo(shipped);
    }

    /** From the folders of a Maven repository, as a file's name does not tell where its version begins. */
    private static String artifactAndVersion(Path jar) {
        Path path = jar.toAbsolutePath();
        int names = path.getNameCount();
        return path.getName(names - 3) + " " + path.getName(names - 2);
    }

    @Test
    void everything_named_has_a_licence() throws Exception {
        for (String heading : List.of("## Java", "## Go: libquorumark_go.so", "## Rust: libquorumark_rust.so")) {
            assertThat(rows(heading))
                    .as(heading)
                    .isNotEmpty()
                    .allSatisfy(row -> assertThat(row)
                            .hasSizeGreaterThanOrEqualTo(4)
                            .allSatisfy(cell -> assertThat(cell).doesNotContainIgnoringCase("unknown")));
        }
    }

    @Test
    void the_native_part_was_written_for_the_versions_that_are_pinned() throws Exception {
        for (String file :
                List.of("engines/native/go/go.mod", "engines/native/go/go.sum", "engines/native/rust/Cargo.lock")) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(ROOT.resolve(file)));
            assertThat(document())
                    .as("the digest of %s in THIRD-PARTY.md" + REMEDY, file)
                    .contains("- " + file + ", SHA-256 " + HexFormat.of().formatHex(digest));
        }
    }

    @Test
    void the_texts_of_all_native_parts_are_there() throws Exception {
        String notices = Files.readString(ROOT.resolve("engines/native/NOTICES.txt"));
        for (String[] row : rows("## Go: libquorumark_go.so")) {
            assertThat(notices).contains(row[1].startsWith("Go's") ? "Go, " : row[1] + " " + row[2]);
        }
        assertThat(notices)
                .contains("redb "
                        + rows("## Rust: libquorumark_rust.so").stream()
                                .filter(row -> row[1].equals("redb"))
                                .findFirst()
                                .orElseThrow()[2]);
    }
}
