package dev.carillon.engine.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks at the bytes of JSON texts before and beside parsing, eight at a time where it can. */
public final class JsonBytes {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long BACKSLASHES = '\\' * ONES;
  private static final int ESCAPE = 6;

  private JsonBytes() {}

  /**
   * Whether the bytes are a text in UTF-8. JSON in UTF-16 or UTF-32 begins with a byte order mark,
   * which is none, or has a zero among its first four bytes.
   */
  public static boolean areUtf8(byte[] bytes) {
    for (int i = 0; i < Math.min(4, bytes.length); i++) {
      if (bytes[i] == 0) {
        return false;
      }
    }
    int at = 0;
    while (at < bytes.length) {
      if (at + Long.BYTES <= bytes.length && ((long) EIGHT.get(bytes, at) & HIGH_BITS) == 0) {
        at += Long.BYTES;
      } else if (bytes[at] >= 0) {
        at++;
      } else {
        int length = sequence(bytes, at);
        if (length == 0) {
          return false;
        }
        at += length;
      }
    }
    return true;
  }

  /** How many bytes the character of several bytes takes that begins here; 0 when none does. */
  private static int sequence(byte[] bytes, int at) {
    int first = bytes[at] & 0xff;
    int length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    if (length == 0 || at + length > bytes.length) {
      return 0;
    }
    int second = bytes[at + 1] & 0xff;
    int least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    int most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    if (second < least || second > most) {
      return 0;
    }
    for (int i = 2; i < length; i++) {
      if ((bytes[at + i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  /** Whether there is a backslash, without which no text in the JSON has an escape. */
  public static boolean haveBackslash(byte[] bytes) {
    int at = 0;
    for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
      long zeroWhereOne = (long) EIGHT.get(bytes, at) ^ BACKSLASHES;
      if (((zeroWhereOne - ONES) & ~zeroWhereOne & HIGH_BITS) != 0) {
        return true;
      }
    }
    for (; at < bytes.length; at++) {
      if (bytes[at] == '\\') {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a text in this part of a JSON document has the escape of one half of a surrogate pair
   * without the other, which is no character.
   */
  public static boolean haveLoneSurrogate(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      if (bytes[at] != '\\') {
        at++;
        continue;
      }
      int unit = unit(bytes, at, to);
      if (unit < 0) {
        at += 2;
      } else if (!isSurrogate(unit)) {
        at += ESCAPE;
      } else if (Character.isHighSurrogate((char) unit)
          && unit(bytes, at + ESCAPE, to) >= Character.MIN_LOW_SURROGATE
          && unit(bytes, at + ESCAPE, to) <= Character.MAX_LOW_SURROGATE) {
        at += 2 * ESCAPE;
      } else {
        return true;
      }
    }
    return false;
  }

  private static boolean isSurrogate(int unit) {
    return unit >= Character.MIN_SURROGATE && unit <= Character.MAX_SURROGATE;
  }

  /** The code unit of the escape that begins here; -1 when none does. */
  private static int unit(byte[] bytes, int at, int to) {
    if (at + ESCAPE > to || bytes[at] != '\\' || bytes[at + 1] != 'u') {
      return -1;
    }
    int unit = 0;
    for (int i = at + 2; i < at + ESCAPE; i++) {
      int digit = Character.digit(bytes[i], 16);
      if (digit < 0) {
        return -1;
      }
      unit = unit << 4 | digit;
    }
    return unit;
  }
}
