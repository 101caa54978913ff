package io.quorumark.workload.model.controlplane;

import io.quorumark.workload.Generator;
import io.quorumark.workload.Operation;
import io.quorumark.workload.OperationKind;
import io.quorumark.workload.WorkloadSpec;
import io.quorumark.workload.distribution.KeySampler;
import io.quorumark.workload.distribution.Randomness;
import io.quorumark.workload.key.KeyText;
import io.quorumark.workload.key.KeyUniverse;
import io.quorumark.workload.model.Mix;
import io.quorumark.workload.model.ValueWriter;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * The configuration that a control plane keeps: objects in groups, read one by one or as a whole group, changed only if nobody else has
 * changed them since. Keys are {@code config/<group>/<object>}. A compare-and-set of an absent object expects its absence and so creates
 * it. The generator knows each object's version, so that every compare-and-set succeeds, and the size of each group, so that a list is a
 * scan of exactly as many records as the prefix has (and of one, which is another group's, if it has none: that is what a store must
 * look at to know).
 */
final class ControlPlaneGenerator implements Generator {
    /** The most records: it stands for something small, and needs some 8 bytes of heap for each. */
    static final long MAX_RECORDS = 10_000_000;

    private static final byte[] PREFIX = {'c', 'o', 'n', 'f', 'i', 'g', '/'};
    private static final int GROUP_KEY_BYTES = PREFIX.length + KeyText.HEX_BYTES + 1;
    private static final int GET = 0;
    private static final int LIST = 1;
    private static final int CAS = 2;
    private static final int DELETE = 3;

    private final long records;
    private final int recordsPerPrefix;
    private final KeyUniverse universe;
    private final UniformRandomProvider random;
    private final Mix mix;
    private final KeySampler keys;
    private final ValueWriter values;
    /** By object; {@link Operation#ABSENT_VERSION} if it is not there. */
    private final long[] versions;
    /** How many objects of each group are there. */
    private final int[] present;

    ControlPlaneGenerator(WorkloadSpec spec, ControlPlaneSpec controlPlane, long seed, long records) {
        this.records = records;
        recordsPerPrefix = controlPlane.recordsPerPrefix();
        universe = new KeyUniverse(records, spec.share("cas"), spec.share("delete"), seed);
        random = Randomness.of(seed, "control-plane");
        mix = new Mix(spec);
        keys = spec.drawnKeys().openSampler(universe.size(), false, random);
        values = new ValueWriter(spec.values(), seed, random);
        versions = new long[Math.toIntExact(universe.size())];
        present = new int[group(universe.size() - 1) + 1];
    }

    @Override
    public long loadOperations() {
        return records;
    }

    @Override
    public void load(long index, Operation into) {
        long object = universe.loaded(index);
        into.reset(OperationKind.INSERT, mix.of(CAS));
        writeKey(object, into);
        write(object, index, into);
    }

    @Override
    public void mix(long position, Operation into) {
        int choice = mix.sample(random);
        long object = keys.sample(universe.size());
        switch (choice) {
            case GET -> {
                into.reset(OperationKind.READ, mix.of(GET));
                writeKey(object, into);
            }
            case LIST -> {
                into.reset(OperationKind.SCAN, mix.of(LIST));
                into.prepareKey(GROUP_KEY_BYTES);
                writeGroup(object, into);
                into.setScanLength(Math.max(1, present[group(object)]));
            }
            case CAS -> {
                into.reset(OperationKind.COMPARE_AND_SET, mix.of(CAS));
                writeKey(object, into);
                into.setExpectedVersion(versions[(int) object]);
                write(object, position, into);
            }
            default -> {
                into.reset(OperationKind.DELETE, mix.of(DELETE));
                writeKey(object, into);
                if (versions[(int) object] != Operation.ABSENT_VERSION) {
                    versions[(int) object] = Operation.ABSENT_VERSION;
                    present[group(object)]--;
                }
            }
        }
    }

    private void write(long object, long position, Operation into) {
        if (versions[(int) object] == Operation.ABSENT_VERSION) {
            present[group(object)]++;
        }
        versions[(int) object] = position + 1;
        values.write(into, position + 1);
    }

    private void writeKey(long object, Operation into) {
        byte[] key = into.prepareKey(GROUP_KEY_BYTES + KeyText.HEX_BYTES);
        writeGroup(object, into);
        KeyText.hex(object, key, GROUP_KEY_BYTES);
    }

    private void writeGroup(long object, Operation into) {
        byte[] key = into.key();
        System.arraycopy(PREFIX, 0, key, 0, PREFIX.length);
        // Scattered, so that popular groups are no neighbours.
        KeyText.hex(Randomness.scatter(group(object)), key, PREFIX.length);
        key[GROUP_KEY_BYTES - 1] = '/';
    }

    private int group(long object) {
        return (int) (object / recordsPerPrefix);
    }
}
