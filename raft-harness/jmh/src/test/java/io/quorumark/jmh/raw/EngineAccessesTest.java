package io.quorumark.jmh.raw;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.jmh.Records;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That both sides of the overhead figures do the same work with the same settings. */
class EngineAccessesTest {
    private static final int RECORDS = 1_000;
    private static final int VALUE_BYTES = 100;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"rocksdb", "lmdb", "mapdb", "xodus", "memory"})
    void both_sides_hold_and_walk_the_same_records(String engine) throws IOException {
        // Raw first: it must not live on what the adapter has loaded.
        List<Long> raw = work(engine, EngineAccesses.RAW);
        List<Long> spi = work(engine, EngineAccesses.SPI);
        assertThat(spi).hasSize(3 * RECORDS + 2).isEqualTo(raw);
    }

    @Test
    void raw_rocksdb_has_the_adapters_options() throws IOException {
        EngineAccesses.open("rocksdb", EngineAccesses.SPI, folder).close();
        EngineAccesses.open("rocksdb", EngineAccesses.RAW, folder).close();
        assertThat(optionsFile(folder.resolve(EngineAccesses.RAW)))
                .hasSizeGreaterThan(50)
                .isEqualTo(optionsFile(folder.resolve(EngineAccesses.SPI)));
    }

    @Test
    void raw_xodus_has_the_adapters_settings() throws IOException {
        try (SpiAccess spi = (SpiAccess) EngineAccesses.open("xodus", EngineAccesses.SPI, folder);
                RawXodus raw = (RawXodus) EngineAccesses.open("xodus", EngineAccesses.RAW, folder)) {
            Map<String, String> settings = spi.effectiveOptions();
            assertThat(settings).containsKey("exodus.memoryUsage");
            settings.forEach((name, value) -> assertThat(
                            String.valueOf(raw.settingsInForce().getSetting(name)))
                    .as(name)
                    .isEqualTo(value));
        }
    }

    @Test
    void raw_mapdb_has_the_adapters_settings() throws IOException {
        try (SpiAccess spi = (SpiAccess) EngineAccesses.open("mapdb", EngineAccesses.SPI, folder);
                RawMapDb raw = (RawMapDb) EngineAccesses.open("mapdb", EngineAccesses.RAW, folder)) {
            assertThat(spi.effectiveOptions())
                    .containsEntry("maxNodeSize", Integer.toString(raw.tree().getMaxNodeSize()))
                    .containsEntry(
                            "valuesOutsideNodesEnable",
                            Boolean.toString(!raw.tree().getValueInline()));
        }
    }

    private List<Long> work(String engine, String api) throws IOException {
        List<Long> seen = new ArrayList<>();
        try (EngineAccess access = EngineAccesses.open(engine, api, folder)) {
            SplittableRandom random = new SplittableRandom(3);
            ByteBuffer key = access.allocate(Records.KEY_BYTES);
            ByteBuffer value = access.allocate(VALUE_BYTES);
            ByteBuffer target = access.allocate(VALUE_BYTES);
            for (int record = 0; record < RECORDS; record++) {
                Records.fillKey(key, record);
                Records.fillValue(value, random);
                if (record % 2 == 0) {
                    access.put(key, value);
                } else {
                    access.addToBatch(key, value);
                    access.commitBatch();
                }
            }
            for (int record = 0; record < RECORDS + 1; record++) {
                Records.fillKey(key, record);
                seen.add((long) access.get(key, target.clear()));
            }
            for (int step = 0; step < 2 * RECORDS + 1; step++) {
                seen.add(access.next());
            }
        }
        return seen;
    }

    /** What RocksDB wrote down of its options; names and values only. */
    private static List<String> optionsFile(Path database) throws IOException {
        try (Stream<Path> files = Files.list(database)) {
            Path newest = files.filter(file -> file.getFileName().toString().startsWith("OPTIONS-"))
                    .sorted()
                    .reduce((first, second) -> second)
                    .orElseThrow();
            return Files.readAllLines(newest).stream()
                    .filter(line -> line.contains("="))
                    .filter(line -> !line.matches("\\s*(db_log_dir|wal_dir)=.*"))
                    .map(line -> line.replaceAll("0x[0-9a-f]+", "an address"))
                    .toList();
        }
    }
}
