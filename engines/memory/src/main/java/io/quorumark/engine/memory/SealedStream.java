package io.quorumark.engine.memory;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import javax.crypto.AEADBadTagException;

/**
 * A stream in encrypted pieces: the salt, then for each piece its length (4 bytes) and itself. A piece's number says whether it is the last
 * one, so that neither cutting off nor exchanging pieces goes unnoticed.
 */
final class SealedStream {
    private static final int PIECE_BYTES = 64 << 10;

    private SealedStream() {}

    private static long number(long position, boolean last) {
        return position << 1 | (last ? 1 : 0);
    }

    /** Encrypts; {@link #close} writes the last piece and closes what is under it. */
    static final class Output extends OutputStream {
        private final OutputStream out;
        private final FileCipher cipher;
        private final byte[] piece = new byte[PIECE_BYTES];
        private final byte[] encrypted = new byte[Integer.BYTES + PIECE_BYTES + FileCipher.TAG_BYTES];
        private int length;
        private long position;
        private boolean finished;

        Output(OutputStream out, EncryptionKey key) throws IOException {
            byte[] salt = key.newSalt();
            this.out = out;
            this.cipher = key.cipherOf(salt);
            out.write(salt);
        }

        @Override
        public void write(int octet) throws IOException {
            if (length == PIECE_BYTES) {
                writePiece(false);
            }
            piece[length++] = (byte) octet;
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            int at = offset;
            int left = count;
            while (left > 0) {
                if (length == PIECE_BYTES) {
                    writePiece(false);
                }
                int fits = Math.min(left, PIECE_BYTES - length);
                System.arraycopy(bytes, at, piece, length, fits);
                length += fits;
                at += fits;
                left -= fits;
            }
        }

        private void writePiece(boolean last) throws IOException {
            int sealedBytes = cipher.seal(number(position++, last), piece, 0, length, encrypted, Integer.BYTES);
            Ints.write(encrypted, 0, sealedBytes);
            out.write(encrypted, 0, Integer.BYTES + sealedBytes);
            length = 0;
        }

        /** Writes the last piece; nothing can follow. */
        void finish() throws IOException {
            if (!finished) {
                finished = true;
                writePiece(true);
                out.flush();
            }
        }

        @Override
        public void close() throws IOException {
            finish();
            out.close();
        }
    }

    /** Decrypts, and fails where a piece was changed, exchanged or cut off. */
    static final class Input extends InputStream {
        private final DataInputStream in;
        private final FileCipher cipher;
        private byte[] piece = new byte[0];
        private int at;
        private long position;
        private boolean last;

        Input(InputStream in, EncryptionKey key) throws IOException {
            this.in = new DataInputStream(in);
            byte[] salt = new byte[EncryptionKey.SALT_BYTES];
            this.in.readFully(salt);
            this.cipher = key.cipherOf(salt);
        }

        @Override
        public int read() throws IOException {
            return fill() ? piece[at++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] target, int offset, int count) throws IOException {
            if (count == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int given = Math.min(count, piece.length - at);
            System.arraycopy(piece, at, target, offset, given);
            at += given;
            return given;
        }

        private boolean fill() throws IOException {
            while (at == piece.length) {
                if (last) {
                    return false;
                }
                next();
            }
            return true;
        }

        private void next() throws IOException {
            int bytes = in.readInt();
            if (bytes < FileCipher.TAG_BYTES || bytes > PIECE_BYTES + FileCipher.TAG_BYTES) {
                throw new DamagedException("a piece of " + bytes + " bytes");
            }
            byte[] encrypted = in.readNBytes(bytes);
            if (encrypted.length < bytes) {
                throw new EOFException();
            }
            piece = open(encrypted);
            at = 0;
            position++;
        }

        private byte[] open(byte[] encrypted) throws IOException {
            try {
                return cipher.open(number(position, false), encrypted, 0, encrypted.length);
            } catch (AEADBadTagException notInTheMiddle) {
                try {
                    last = true;
                    return cipher.open(number(position, true), encrypted, 0, encrypted.length);
                } catch (AEADBadTagException e) {
                    throw new DamagedException("piece " + position + " was changed");
                }
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    /** What was read is not what was written. */
    static final class DamagedException extends IOException {
        private static final long serialVersionUID = 1;

        DamagedException(String what) {
            super(what);
        }
    }
}
