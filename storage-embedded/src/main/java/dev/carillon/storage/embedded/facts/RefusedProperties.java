package dev.carillon.storage.embedded.facts;

import dev.carillon.engine.profile.ProfileMerge;
import dev.carillon.engine.profile.StoredProfile;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the changes of properties that were not made because a profile is at its limits. For the
 * applier's thread alone, but for {@link #count()}.
 */
final class RefusedProperties {
  private static final Logger log = LoggerFactory.getLogger(RefusedProperties.class);

  private final AtomicLong count = new AtomicLong();
  private long fresh;

  void load(DuckSession session) throws SQLException {
    count.set(
        session.number("SELECT value FROM progress WHERE name = '" + FactSchema.REFUSED + "'"));
  }

  long count() {
    return count.get();
  }

  /** Counts what was refused while one profile became another. */
  void add(StoredProfile before, StoredProfile after) {
    fresh += ProfileMerge.refused(after) - ProfileMerge.refused(before);
  }

  /** Counts what was refused while two profiles became one. */
  void add(StoredProfile kept, StoredProfile givenUp, StoredProfile joined) {
    fresh +=
        ProfileMerge.refused(joined) - ProfileMerge.refused(kept) - ProfileMerge.refused(givenUp);
  }

  void write(DuckSession session) throws SQLException {
    if (fresh > 0) {
      session.update(
          "UPDATE progress SET value = value + ? WHERE name = '" + FactSchema.REFUSED + "'", fresh);
    }
  }

  void committed() {
    if (fresh > 0) {
      log.warn("{} changes of properties were refused: the profiles are at their limits", fresh);
    }
    count.addAndGet(fresh);
    fresh = 0;
  }

  void rolledBack() {
    fresh = 0;
  }
}
