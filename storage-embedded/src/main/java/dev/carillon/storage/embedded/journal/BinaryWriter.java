package dev.carillon.storage.embedded.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Bytes that grow while numbers and texts are written to them compactly. */
public final class BinaryWriter {
  private byte[] bytes = new byte[1024];
  private int size;

  void octet(int value) {
    room(1);
    bytes[size++] = (byte) value;
  }

  /** A number in as few bytes as it needs: small ones, also negative ones, take one. */
  public void number(long value) {
    room(10);
    long zigzag = (value << 1) ^ (value >> 63);
    while ((zigzag & ~0x7fL) != 0) {
      bytes[size++] = (byte) ((zigzag & 0x7f) | 0x80);
      zigzag >>>= 7;
    }
    bytes[size++] = (byte) zigzag;
  }

  /** A number whose bits are all in use, in eight bytes. */
  void whole(long value) {
    room(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
  }

  void text(String text) {
    blob(text.getBytes(StandardCharsets.UTF_8));
  }

  void optional(@Nullable String text) {
    if (text == null) {
      number(-1);
    } else {
      text(text);
    }
  }

  public void blob(byte[] blob) {
    blob(blob, blob.length);
  }

  /** The first bytes of a blob. */
  void blob(byte[] blob, int length) {
    number(length);
    room(length);
    System.arraycopy(blob, 0, bytes, size, length);
    size += length;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, Math.addExact(size, size)));
    }
  }
}
