package dev.carillon.storage.embedded.audience;

import dev.carillon.core.campaign.Draw;

/** What users draw, over rows that know {@code user_key}. */
public final class DrawSql {
  private DrawSql() {}

  /** Whether the user's bucket is among the first of a draw, as many as this share has. */
  public static Sql below(Draw draw, int percent) {
    return percent == 0
        ? Sql.FALSE
        : Sql.of("{} < {}", bucket(draw), Sql.value((long) percent * Draw.BUCKETS / 100));
  }

  /**
   * The user's bucket in a draw: {@link Draw#bucket} in SQL. The product is below 2^124; modulo
   * 2^61 - 1 it is the sum of its low 61 bits and the rest, which fits 64 bits. (A 128-bit division
   * would take thirty times as long.)
   */
  public static Sql bucket(Draw draw) {
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
