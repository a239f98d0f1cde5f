package dev.carillon.storage.embedded.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads what a {@link BinaryWriter} wrote. */
public final class BinaryReader {
  private final byte[] bytes;
  private int at;

  public BinaryReader(byte[] bytes) {
    this.bytes = bytes;
  }

  public boolean isAtEnd() {
    return at == bytes.length;
  }

  int octet() {
    return bytes[at++];
  }

  public long number() {
    long zigzag = 0;
    int shift = 0;
    while (true) {
      byte next = bytes[at++];
      zigzag |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return (zigzag >>> 1) ^ -(zigzag & 1);
      }
      shift += 7;
    }
  }

  public int integer() {
    return Math.toIntExact(number());
  }

  long whole() {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value = value << 8 | (bytes[at++] & 0xff);
    }
    return value;
  }

  String text() {
    String text = optional();
    if (text == null) {
      throw new IllegalStateException("the journal lacks a text");
    }
    return text;
  }

  @Nullable String optional() {
    int length = integer();
    if (length < 0) {
      return null;
    }
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  public byte[] blob() {
    int length = integer();
    byte[] blob = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return blob;
  }
}
