package io.quorumark.report;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

/** A line of text inside a PNG file, in a chunk that no program draws: a picture that says itself what it was taken of. */
final class PngNote {
    private static final String HEAD = "tEXtSource\0";
    private static final int TYPE_BYTES = 4;
    private static final int SIGNATURE_BYTES = 8;
    /** Length, type and checksum of the last chunk, which is empty. */
    private static final int END_BYTES = 12;

    private PngNote() {}

    /** The same picture with a note. */
    static byte[] added(byte[] png, String note) {
        byte[] chunk = (HEAD + note).getBytes(StandardCharsets.ISO_8859_1);
        CRC32 checksum = new CRC32();
        checksum.update(chunk);
        int end = png.length - END_BYTES;
        return ByteBuffer.allocate(png.length + 2 * Integer.BYTES + chunk.length)
                .put(png, 0, end)
                .putInt(chunk.length - TYPE_BYTES)
                .put(chunk)
                .putInt((int) checksum.getValue())
                .put(png, end, END_BYTES)
                .array();
    }

    /** The note of a picture, if it has one. */
    static Optional<String> of(byte[] png) {
        ByteBuffer chunks = ByteBuffer.wrap(png).position(SIGNATURE_BYTES);
        while (chunks.hasRemaining()) {
            byte[] chunk = new byte[chunks.getInt() + TYPE_BYTES];
            int unusedChecksum = chunks.get(chunk).getInt();
            String text = new String(chunk, StandardCharsets.ISO_8859_1);
            if (text.startsWith(HEAD)) {
                return Optional.of(text.substring(HEAD.length()));
            }
        }
        return Optional.empty();
    }
}
