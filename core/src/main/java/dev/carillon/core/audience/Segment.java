package dev.carillon.core.audience;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rule saved under a name, to be used again.
 *
 * @param id never given twice
 * @param version grows with each change
 * @param name 1 to 200 characters; no other segment has it, without regard to case
 * @param rule which users it means
 * @param createdBy who made it
 * @param counted how many people it meant when it was last counted; null before, and once the rule
 *     was changed
 */
public record Segment(
    int id,
    int version,
    String name,
    Rule rule,
    String createdBy,
    Instant createdAt,
    Instant changedAt,
    @Nullable Counted counted) {

  /** How many people were meant at a moment. */
  public record Counted(long people, Instant at) {}
}
