package org.example.tiny;

import io.quorumark.engine.EngineException;
import io.quorumark.engine.support.WholeFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.zip.CRC32C;

/** The whole state in one file, with a checksum of all of it at the end. */
final class DataFile {
    static final String NAME = "tiny.data";

    private static final int CHECKSUM_BYTES = Long.BYTES;

    private DataFile() {}

    /** Durable on return; if it throws, the file is as it was. */
    static void write(Path folder, State state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (NavigableMap<byte[], byte[]> map : state.maps()) {
                out.writeInt(map.size());
                for (Map.Entry<byte[], byte[]> entry : map.entrySet()) {
                    write(out, entry.getKey());
                    write(out, entry.getValue());
                }
            }
            out.flush();
            out.writeLong(checksum(bytes.toByteArray(), bytes.size()));
        }
        WholeFile.write(folder.resolve(NAME), bytes.toByteArray());
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** @return empty if there is no file */
    static State read(Path folder, int keyspaces) throws IOException {
        State state = State.empty(keyspaces);
        Path file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            return state;
        }
        byte[] bytes = Files.readAllBytes(file);
        int length = bytes.length - CHECKSUM_BYTES;
        if (length < 0 || ByteBuffer.wrap(bytes).getLong(length) != checksum(bytes, length)) {
            throw new EngineException.Corruption(
                    TinyProvider.ID,
                    folder,
                    NAME + " does not match its checksum; restore a checkpoint, or start empty",
                    null);
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, length))) {
            for (NavigableMap<byte[], byte[]> map : state.maps()) {
                for (int left = in.readInt(); left > 0; left--) {
                    map.put(in.readNBytes(in.readInt()), in.readNBytes(in.readInt()));
                }
            }
        }
        return state;
    }

    private static long checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return crc.getValue();
    }
}
