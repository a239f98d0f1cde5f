package dev.carillon.storage.embedded.duckdb;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;

/** Numbers in the place of texts, which can be found much quicker in a large table. */
public final class TextHash {
  private static final int MOST_DIGITS = 18;

  private TextHash() {}

  /** 63 bits of SHA-256. Two of a hundred million texts meet by chance once in a thousand times. */
  public static long of(String text) {
    return Hashing.sha256().hashString(text, StandardCharsets.UTF_8).asLong() >>> 1;
  }

  /** An address of whatever kind: the digits of a phone number as a number; more than 0. */
  public static long ofAddress(String address) {
    long number = number(address);
    return number == 0 ? of(address) : number;
  }

  /** The same in SQL; 0 without an address. */
  public static String ofAddressSql(String column) {
    StringBuilder littleEndian = new StringBuilder("'0x'");
    for (int from = 15; from > 0; from -= 2) {
      littleEndian.append(" || substr(sha256(").append(column).append("), ").append(from);
      littleEndian.append(", 2)");
    }
    return "COALESCE(CASE WHEN strlen(%1$s) <= %2$d THEN TRY_CAST(%1$s AS BIGINT) END, ((%3$s)::UBIGINT >> 1)::BIGINT, 0)"
        .formatted(column, MOST_DIGITS, littleEndian);
  }

  /** The digits of a phone number as a number; 0 for any other address. */
  public static long number(String address) {
    if (address.isEmpty() || address.length() > MOST_DIGITS) {
      return 0;
    }
    long number = 0;
    for (int i = 0; i < address.length(); i++) {
      char digit = address.charAt(i);
      if (digit < '0' || digit > '9') {
        return 0;
      }
      number = number * 10 + (digit - '0');
    }
    return number;
  }
}
