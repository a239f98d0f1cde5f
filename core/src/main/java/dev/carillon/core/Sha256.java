package dev.carillon.core;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, which every JDK has. */
public final class Sha256 {
  /** Never fed, so any thread can copy it. */
  private static final MessageDigest EMPTY = create();

  private Sha256() {}

  /**
   * A digest that nothing was added to: a copy, as finding the JDK's implementation each time costs
   * as much as a short hash.
   */
  public static MessageDigest newDigest() {
    try {
      return (MessageDigest) EMPTY.clone();
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException("the JDK's own can be cloned", impossible);
    }
  }

  /** The 32 bytes of the text in UTF-8. */
  public static byte[] of(String text) {
    return newDigest().digest(text.getBytes(StandardCharsets.UTF_8));
  }

  private static MessageDigest create() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
