package dev.carillon.engine.port.audience;

import dev.carillon.core.audience.Rule;
import dev.carillon.core.audience.Segment;
import dev.carillon.engine.port.NameTakenException;
import dev.carillon.engine.port.StaleVersionException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Rules saved under a name. No two have the same name without regard to case. */
public interface SegmentStore {

  /**
   * Keeps a new segment.
   *
   * @throws NameTakenException when another one has the name
   */
  Segment createSegment(String name, Rule rule, String createdBy, Instant at);

  Optional<Segment> segment(int id);

  /** All segments, by name without regard to case. */
  List<Segment> segments();

  /**
   * Replaces name and rule; with another rule, what was counted is forgotten.
   *
   * @throws StaleVersionException when the segment is no longer at that version
   * @throws NameTakenException when another one has the name
   */
  Segment changeSegment(int id, int version, String name, Rule rule, Instant at);

  /** Deletes the segment; false when there is none. */
  boolean deleteSegment(int id);

  /** Notes how many people it meant; nothing happens when it is no longer at that version. */
  void countSegment(int id, int version, long people, Instant at);
}
