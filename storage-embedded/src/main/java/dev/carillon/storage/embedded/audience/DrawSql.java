package dev.carillon.storage.embedded.audience;

import dev.carillon.core.campaign.Draw;
import dev.carillon.engine.port.audience.AudienceStore.ControlShares;
import dev.carillon.engine.port.audience.AudienceStore.PlanOrder;

/** What users draw, over rows that know {@code user_key}. */
final class DrawSql {
  private DrawSql() {}

  /**
   * Whether the user is held out: {@link Draw#bucket} in SQL. The product is below 2^124; modulo
   * 2^61 - 1 it is the sum of its low 61 bits and the rest, which fits 64 bits. (A 128-bit division
   * would take thirty times as long.)
   */
  static Sql control(PlanOrder order) {
    Draw own = Draw.of(order.campaign(), Draw.Purpose.CONTROL_GROUP);
    ControlShares shares = order.control();
    if (shares.system() == 0) {
      return heldOut(own, shares.own());
    }
    Sql system = systemControl(shares.system());
    return shares.own() == 0 ? system : Sql.of("({} OR {})", heldOut(own, shares.own()), system);
  }

  /** Whether the user is of the system control group of this size. */
  static Sql systemControl(int percent) {
    return heldOut(Draw.OF_SYSTEM_CONTROL_GROUP, percent);
  }

  private static Sql heldOut(Draw draw, int percent) {
    return percent == 0
        ? Sql.FALSE
        : Sql.of("{} < {}", bucket(draw), Sql.value((long) percent * Draw.BUCKETS / 100));
  }

  /** The user's bucket in a draw. */
  static Sql bucket(Draw draw) {
    Sql drawn =
        Sql.of(
            "({}::HUGEINT * user_key + {}::HUGEINT)",
            Sql.value(draw.multiplier()),
            Sql.value(draw.addend()));
    Sql prime = Sql.value(Draw.PRIME);
    return Sql.of(
        "((({} & {}::HUGEINT)::UBIGINT + ({} >> 61)::UBIGINT) % {}::UBIGINT % {}::UBIGINT)",
        drawn, prime, drawn, prime, Sql.value((long) Draw.BUCKETS));
  }
}
