package dev.carillon.engine.profile;

import dev.carillon.core.user.BodyPlace;
import java.util.Comparator;

/**
 * When a change has its turn among those of a property: by its time; of several at one time, as
 * their bodies arrived; within a body by position.
 *
 * @param at when the source says it was so, in microseconds since 1970
 * @param arrivedAt when its body arrived first, in microseconds since 1970; {@link #LONG_AGO} when
 *     the body is not known
 * @param place where it stands in its body
 */
record Turn(long at, long arrivedAt, BodyPlace place) implements Comparable<Turn> {
  /** Before all arrivals that are known. */
  static final long LONG_AGO = Long.MIN_VALUE;

  /** Before every change. */
  static final Turn NEVER = new Turn(Long.MIN_VALUE, LONG_AGO, BodyPlace.UNKNOWN);

  private static final Comparator<Turn> ORDER =
      Comparator.comparingLong(Turn::at)
          .thenComparingLong(Turn::arrivedAt)
          .thenComparingLong(Turn::body)
          .thenComparingInt(turn -> turn.place().position());

  static Turn of(long at, long arrivedAt, BodyPlace place) {
    return place.body() == 0 ? unplaced(at) : new Turn(at, arrivedAt, place);
  }

  /** The turn of a change whose body is not known. */
  static Turn unplaced(long at) {
    return new Turn(at, LONG_AGO, BodyPlace.UNKNOWN);
  }

  /** After all others of a time. */
  static Turn endOf(long at) {
    return new Turn(at, Long.MAX_VALUE, BodyPlace.UNKNOWN);
  }

  long body() {
    return place.body();
  }

  boolean isPlaced() {
    return body() != 0;
  }

  /** The same turn, if its body arrived at that time. */
  Turn arrived(long first) {
    return new Turn(at, first, place);
  }

  @Override
  public int compareTo(Turn other) {
    return ORDER.compare(this, other);
  }
}
