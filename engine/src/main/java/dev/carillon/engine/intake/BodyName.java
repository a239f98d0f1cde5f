package dev.carillon.engine.intake;

import dev.carillon.core.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * Names what a source sent by its content: the same body has the same name when it comes again. Two
 * bodies have one name by chance once in 10^14 pairs.
 */
public final class BodyName {
  /** So short that it is exact in every JSON parser. */
  private static final long MASK = (1L << 48) - 1;

  private final MessageDigest digest = Sha256.newDigest();

  public static long of(byte[] content) {
    BodyName name = new BodyName();
    name.add(content, 0, content.length);
    return name.value();
  }

  public void add(byte[] content, int from, int to) {
    digest.update(content, from, to - from);
  }

  /** The name of all that was added: 1 or more. It starts again afterwards. */
  public long value() {
    return Math.max(1, ByteBuffer.wrap(digest.digest()).getLong() & MASK);
  }
}
