package dev.carillon.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/** What bodies hold of the memory that all have together. */
class BodyReaderTest {
  private static final int MEGABYTE = 1 << 20;
  private static final int LIMIT = 4 * MEGABYTE;

  private final BodyBudget bodies = new BodyBudget(64L * MEGABYTE);

  @Test
  void whatIsAnnouncedAndDoesNotComeCostsNearlyNothing() throws Exception {
    InputStream withheld =
        new WatchedStream(
            10, read -> assertThat(bodies.callbacks().used()).isLessThanOrEqualTo(16 * 1024));
    try (BodyLease lease = bodies.callbacks().lease();
        BodyReader body = BodyReader.of(withheld, LIMIT, lease, LIMIT)) {
      assertThatThrownBy(body::readAll).hasMessageContaining("ended early");
    }
    assertThat(bodies.callbacks().used()).isZero();
  }

  @Test
  void memoryIsCountedAsTheBodyGrowsAndGivenBack() throws Exception {
    for (int announced : new int[] {-1, 3 * MEGABYTE}) {
      InputStream stream =
          new WatchedStream(
              3 * MEGABYTE,
              read -> assertThat(bodies.known().used()).isBetween(read, 16 * 1024 + 2 * read));
      try (BodyLease lease = bodies.known().lease();
          BodyReader body = BodyReader.of(stream, announced, lease, LIMIT)) {
        assertThat(body.readAll()).hasSize(3 * MEGABYTE);
        assertThat(bodies.known().used()).isEqualTo(3 * MEGABYTE);
      }
      assertThat(bodies.known().used()).isZero();
    }
  }

  @Test
  void theLimitHoldsWhateverIsAnnounced() throws Exception {
    try (BodyLease lease = bodies.known().lease()) {
      assertThatThrownBy(() -> BodyReader.of(InputStream.nullInputStream(), 5, lease, 4))
          .isInstanceOfSatisfying(
              RefusedBodyException.class, no -> assertThat(no.status()).isEqualTo(413));
      BodyReader exact = BodyReader.of(new ByteArrayInputStream(new byte[4]), -1, lease, 4);
      assertThat(exact.readAll()).hasSize(4);
      BodyReader more = BodyReader.of(new ByteArrayInputStream(new byte[5]), -1, lease, 4);
      assertThatThrownBy(more::readAll)
          .isInstanceOfSatisfying(
              RefusedBodyException.class, no -> assertThat(no.status()).isEqualTo(413));
    }
  }

  /** An eighth is for the unknown: what they hold leaves the known all of theirs. */
  @Test
  void noShareTakesFromAnother() throws Exception {
    try (BodyLease unknown = bodies.unknown().lease();
        BodyLease callback = bodies.callbacks().lease();
        BodyLease known = bodies.known().lease()) {
      unknown.take(8 * MEGABYTE);
      callback.take(16 * MEGABYTE);
      assertThatThrownBy(() -> unknown.take(1))
          .isInstanceOfSatisfying(
              RefusedBodyException.class, no -> assertThat(no.status()).isEqualTo(503));
      known.take(40 * MEGABYTE);
      assertThatThrownBy(() -> known.take(1)).isInstanceOf(RefusedBodyException.class);
    }
    assertThat(bodies.unknown().used() + bodies.callbacks().used() + bodies.known().used())
        .isZero();
  }

  @Test
  void anAuthenticatedSenderUsesTheShareOfTheKnown() throws Exception {
    try (BodyLease lease = bodies.unknown().lease();
        BodyReader body =
            BodyReader.of(new ByteArrayInputStream(new byte[MEGABYTE]), MEGABYTE, lease, LIMIT)) {
      body.readUpTo(MEGABYTE / 2);
      assertThat(body.length()).isEqualTo(MEGABYTE / 2);
      lease.moveTo(bodies.known());
      assertThat(bodies.unknown().used()).isZero();
      assertThat(body.readAll()).hasSize(MEGABYTE);
      assertThat(bodies.known().used()).isEqualTo(MEGABYTE);
    }
    assertThat(bodies.known().used()).isZero();
  }

  /** So many bytes, and a look at what is counted before each read. */
  private static final class WatchedStream extends InputStream {
    private final int length;
    private final IntConsumer beforeRead;
    private int read;

    private WatchedStream(int length, IntConsumer beforeRead) {
      this.length = length;
      this.beforeRead = beforeRead;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] target, int offset, int most) {
      beforeRead.accept(read);
      int count = Math.min(most, length - read);
      Arrays.fill(target, offset, offset + count, (byte) ' ');
      read += count;
      return count == 0 ? -1 : count;
    }
  }
}
