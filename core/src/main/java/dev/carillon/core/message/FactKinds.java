package dev.carillon.core.message;

import static dev.carillon.core.message.FactKind.ACCEPTED;
import static dev.carillon.core.message.FactKind.CLICKED;
import static dev.carillon.core.message.FactKind.GHOST_SENT;
import static dev.carillon.core.message.FactKind.RECEIPT_DELIVERED;
import static dev.carillon.core.message.FactKind.RECEIPT_FAILED;
import static dev.carillon.core.message.FactKind.RECEIPT_SENT;
import static dev.carillon.core.message.FactKind.REFUSED;
import static dev.carillon.core.message.FactKind.REPLIED_IN_CONTEXT;
import static dev.carillon.core.message.FactKind.SUPPRESSED;
import static dev.carillon.core.message.FactKind.VIEWED;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What kinds of facts have in common. */
public final class FactKinds {

  /** That the provider took the message, or that it reached somebody, who must have got it. */
  public static final Set<FactKind> PROVE_SENT =
      Collections.unmodifiableSet(
          EnumSet.of(
              ACCEPTED,
              RECEIPT_SENT,
              RECEIPT_DELIVERED,
              RECEIPT_FAILED,
              VIEWED,
              CLICKED,
              REPLIED_IN_CONTEXT));

  /** That the message reached somebody. */
  public static final Set<FactKind> PROVE_DELIVERED =
      Collections.unmodifiableSet(EnumSet.of(RECEIPT_DELIVERED, VIEWED, REPLIED_IN_CONTEXT));

  /** After which a message takes no room of a target cap. */
  public static final Set<FactKind> TAKE_OUT =
      Collections.unmodifiableSet(EnumSet.of(SUPPRESSED, REFUSED));

  /** After which a message is never sent again. */
  public static final Set<FactKind> SETTLE = settle();

  private FactKinds() {}

  private static Set<FactKind> settle() {
    EnumSet<FactKind> settle = EnumSet.copyOf(PROVE_SENT);
    settle.addAll(TAKE_OUT);
    settle.add(GHOST_SENT);
    return Collections.unmodifiableSet(settle);
  }
}
