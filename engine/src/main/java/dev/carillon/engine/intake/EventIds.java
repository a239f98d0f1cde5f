package dev.carillon.engine.intake;

import dev.carillon.core.Sha256;
import dev.carillon.core.user.Identity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;

/**
 * Gives each event of one request its id. A source that names its messages decides it; else it
 * comes from the content and from how often the same content stood in the request before, so that a
 * request sent again brings nothing new while equal records side by side stay apart.
 */
public final class EventIds {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Map<Long, Integer> seen = new HashMap<>();
  private final MessageDigest digest = Sha256.newDigest();

  /** The id of a message that its source has named. */
  public long ofMessage(String messageId) {
    digest.update((byte) 'm');
    return first(digest.digest(messageId.getBytes(StandardCharsets.UTF_8)));
  }

  /** The id of an event whose time the source gave. */
  public long ofContent(
      Identity identity, String name, long epochMillis, byte[] body, int from, int to) {
    byte[] who = identity.stored().getBytes(StandardCharsets.UTF_8);
    byte[] what = name.getBytes(StandardCharsets.UTF_8);
    // Together, as each update of a digest costs as much as some twenty bytes of it.
    digest.update(
        ByteBuffer.allocate(2 + who.length + what.length + Long.BYTES)
            .put((byte) 'c')
            .put(who)
            .put((byte) 0)
            .put(what)
            .putLong(epochMillis)
            .array());
    digest.update(body, from, to - from);
    long content = first(digest.digest());
    int before = seen.merge(content, 1, Integer::sum) - 1;
    if (before == 0) {
      return content;
    }
    digest.update((byte) 'r');
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(content).flip());
    return first(digest.digest(ByteBuffer.allocate(Integer.BYTES).putInt(before).array()));
  }

  /** An id for an event that says neither its name nor its time: each is one of its own. */
  public static long unique() {
    return RANDOM.nextLong();
  }

  private static long first(byte[] hash) {
    return ByteBuffer.wrap(hash).getLong();
  }
}
