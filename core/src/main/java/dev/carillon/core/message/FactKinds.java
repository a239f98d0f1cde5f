package dev.carillon.core.message;

import dev.carillon.core.message.FactKind.Meaning;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** The kinds of facts with a meaning. */
public final class FactKinds {
  /** The route of a view that names none. */
  public static final String DIRECT = "direct";

  /** Stands for the code of an error, or a reason, that came without one. */
  public static final String NO_CODE = "unknown";

  private FactKinds() {}

  /** All kinds with a meaning, given or implied. */
  public static Set<FactKind> with(Meaning meaning) {
    EnumSet<FactKind> kinds = EnumSet.noneOf(FactKind.class);
    for (FactKind kind : FactKind.values()) {
      if (kind.has(meaning)) {
        kinds.add(kind);
      }
    }
    return Collections.unmodifiableSet(kinds);
  }
}
