package io.quorumark.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.workload.catalog.WorkloadCatalog;
import io.quorumark.workload.catalog.WorkloadFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stored results know a workload by: neither its identity nor its stream may change as long as the workload is called the same. */
class KeptIdentitiesTest {
    @TempDir
    Path folder;

    /** Name, identity, digest of the stream. */
    private static final String KEPT = """
            ycsb-a, bb4de3285c6d0a0f2804c0f68450ab199e7fd53ef8248f208e3da81e561feac7, 50682d557add1a7a2020ce5cb19279a3
            ycsb-b, 4d3f9a7b02db18f36b7e9247c38f907fe602b2594fdfa8bd53d10e82faa43eec, 91a93fb86b5d7e9a52d8c0534f71ac01
            ycsb-c, f5c08dbe422dd552e063d014d2839cfe845c8c0ef1fcf7320380854f6cb345e1, dec934e8301ee798815ccff1ab53effd
            ycsb-d, 9162cb017bdadd444031c2dec4f81da2dec715aa9e4a6cc38588f023a7f8e595, 49626899dc06e7c25ba2891c500dbfe4
            ycsb-e, 99e990e293f216530f830eccf4ba2cd83caf4a6f3dec5aa9176a0506dc585712, 2055b03cc012b208d8a68ce79266e84f
            ycsb-f, df67fc0c737f2086a159d79f61edd18898699640bfd00d59559783269fbcd434, e669760ba0dd7ef693e83d66eedcef19
            session-store, f19930bc8c309ce2e85ec80b30f08ffc0eeca462c335e2966caf9b23c566c048, ad321dcbe336d2bb932505fe4157ac49
            cache-mix, f1387c092ee44b0f51af58e8c74d6398a7d9648464186b42d6ed0b28d80fa049, 28af4b6f76966fc04023fa69f5bfdd60
            control-plane, fbb677e0478091d1a153ea4e24bc55a627b7a47d5a33e8b73a2bcf759ba92101, 0f7f381f1c277b5bb9ac57e28d81951b
            ledger, 1acf890d59c992a77c8cb9fb27f3fe2e839a40cc3b31f1a44539674b47402a8d, 10c81de4d81da08238fb5f0cdb8487bc
            raft-log, befa2148a2f89e78d5bf974f74ba04e28c90bb0161c2f87e50a234b8865287ae, 66d8d72f0d87c732565dc0bb97e8356f
            lifecycle, e8a85dab986e5779480ff12365224b37ffe0a1af008e6e97ba3a40d404a16e77, 74bc365a4f7f25f33366e904362204af
            """;

    @ParameterizedTest
    @CsvSource(textBlock = KEPT)
    void built_in_workloads_are_what_they_were(String name, String identity, String digest) {
        WorkloadSpec spec = WorkloadCatalog.find(name);
        assertThat(spec.identity()).isEqualTo(identity);
        assertThat(digestAfterTwoThousand(spec)).isEqualTo(digest);
    }

    @Test
    void all_of_them_are_kept() {
        assertThat(KEPT.lines().map(line -> line.split(",")[0].strip()))
                .containsExactlyInAnyOrderElementsOf(WorkloadCatalog.names());
    }

    @Test
    void so_are_those_that_name_files() throws IOException {
        Files.writeString(folder.resolve("sizes.csv"), "bytes,count\n64,3\n512,1\n");
        Files.writeString(folder.resolve("sized.yaml"), """
                name: sized
                description: Values by a table.
                model: ledger
                records: 100
                operations: {append: 0.5, read-state: 0.5}
                keys: {distribution: hotspot}
                values: {sizes: histogram, file: sizes.csv, compressionRatio: 0.4}
                ledger: {transactionsPerBlock: 3, transactionBytes: 64, accountsPerPrefix: 10}
                """);
        Files.writeString(
                folder.resolve("day.csv"),
                "offsetMicros,operation,key,valueBytes\n0,write,a,20\n10,read,b,\n20,delete,a,\n");
        Files.writeString(folder.resolve("traced.yaml"), """
                name: traced
                description: A trace.
                model: trace
                records: 100
                values: {sizes: trace, compressionRatio: 1}
                trace: {file: day.csv, format: csv}
                """);
        assertKept(
                "sized",
                "9b99a2f0bec5a2a220a9586750772153c73afb1bc23969cfe258e6a452fdea17",
                "0f0892374ee3774f226105b724542191");
        assertKept(
                "traced",
                "3b51c6b26e8fbd279ccecfbe568f01ae7178bc5475a2ba163929e43e7df89408",
                "906644bce970d9074bfa18008704e69d");
    }

    private void assertKept(String name, String identity, String digest) {
        WorkloadSpec spec = WorkloadFile.read(folder.resolve(name + ".yaml"));
        assertThat(spec.identity()).isEqualTo(identity);
        assertThat(digestAfterTwoThousand(spec)).isEqualTo(digest);
    }

    private static String digestAfterTwoThousand(WorkloadSpec spec) {
        try (OperationStream stream = spec.openStream(7, 300)) {
            Operation operation = new Operation();
            while (stream.position() < 2_000) {
                stream.next(operation);
            }
            return stream.digest().current();
        }
    }
}
