package io.quorumark.campaign.targets;

import io.quorumark.raft.command.CommandBatch;
import io.quorumark.raft.command.CommandEncoder;
import io.quorumark.workload.Mutations;
import io.quorumark.workload.Operation;
import java.util.Arrays;

/** Turns the writing part of an operation into a state machine's command. */
final class OperationCommands {
    private OperationCommands() {}

    static byte[] of(Operation operation) {
        return switch (operation.demand()) {
            case UPDATE, INSERT, READ_MODIFY_WRITE ->
                CommandEncoder.put(operation.key(), operation.keyLength(), operation.value(), operation.valueLength());
            case DELETE -> CommandEncoder.delete(operation.key(), operation.keyLength());
            case DELETE_RANGE ->
                CommandEncoder.deleteRange(
                        operation.key(), operation.keyLength(), operation.rangeEnd(), operation.rangeEndLength());
            case COMPARE_AND_SET ->
                CommandEncoder.compareAndSet(
                        operation.key(),
                        operation.keyLength(),
                        operation.expectedVersion(),
                        operation.value(),
                        operation.valueLength());
            case BATCH -> batch(operation.mutations());
            case READ, EXISTS, SCAN -> throw new IllegalArgumentException(operation.demand() + " writes nothing");
        };
    }

    private static byte[] batch(Mutations mutations) {
        CommandBatch batch = CommandEncoder.batch();
        byte[] bytes = mutations.bytes();
        for (int i = 0; i < mutations.count(); i++) {
            int keyAt = mutations.keyOffset(i);
            byte[] key = Arrays.copyOfRange(bytes, keyAt, keyAt + mutations.keyLength(i));
            if (mutations.isPut(i)) {
                int valueAt = mutations.valueOffset(i);
                byte[] value = Arrays.copyOfRange(bytes, valueAt, valueAt + mutations.valueLength(i));
                batch.put(key, key.length, value, value.length);
            } else {
                batch.delete(key, key.length);
            }
        }
        return batch.toCommand();
    }
}
