package dev.carillon.storage.embedded.planning;

import dev.carillon.core.campaign.Draw;
import dev.carillon.core.campaign.Variants;
import dev.carillon.core.campaign.WinnerTest;
import dev.carillon.core.user.EndpointKind;
import dev.carillon.engine.port.campaign.ControlShares;
import dev.carillon.engine.port.campaign.PlanOrder;
import dev.carillon.storage.embedded.audience.DrawSql;
import dev.carillon.storage.embedded.audience.Sql;
import java.util.List;

/** What users draw in a campaign, over rows that know {@code user_key}. */
final class CampaignDrawSql {
  private static final Sql FIRST = Sql.of("0::UTINYINT");

  private CampaignDrawSql() {}

  /** Whether the user is held out: by the campaign's control group or by the system's. */
  static Sql heldOut(PlanOrder order) {
    ControlShares shares = order.control();
    return Sql.or(
        List.of(
            DrawSql.below(Draw.of(order.campaign(), Draw.Purpose.CONTROL_GROUP), shares.own()),
            DrawSql.below(Draw.OF_SYSTEM_CONTROL_GROUP, shares.system())));
  }

  /**
   * The user's variant, over rows that also know {@code control} and the {@code reason} that
   * suppresses the message. Control users draw as the others do, so that both pass the same checks.
   */
  static Sql variant(PlanOrder order) {
    Variants variants = order.variants();
    if (variants == null) {
      return FIRST;
    }
    Sql drawn = drawn(order, variants.bounds());
    WinnerTest test = variants.test();
    return test == null
        ? drawn
        : Sql.of(
            "CASE WHEN {} THEN {} ELSE {}::UTINYINT END",
            tested(order, test.size()),
            drawn,
            Sql.value(Variants.UNDECIDED));
  }

  private static Sql drawn(PlanOrder order, List<Integer> bounds) {
    Sql bucket = bucket(order, Draw.Purpose.VARIANT);
    Sql variant = Sql.of("{}", Sql.value(bounds.size() - 1));
    for (int number = bounds.size() - 2; number >= 0; number--) {
      variant =
          Sql.of(
              "CASE WHEN {} < {} THEN {} ELSE {} END",
              bucket,
              Sql.value((long) bounds.get(number)),
              Sql.value(number),
              variant);
    }
    return Sql.of("({})::UTINYINT", variant);
  }

  private static Sql tested(PlanOrder order, WinnerTest.Size size) {
    Sql bucket = bucket(order, Draw.Purpose.WINNER_TEST);
    return switch (size) {
      case WinnerTest.Percent(int percent) ->
          DrawSql.below(Draw.of(order.campaign(), Draw.Purpose.WINNER_TEST), percent);
      // so many people of those who can be sent to, and of the others a like share
      case WinnerTest.Messages(int messages) ->
          Sql.of(
              "CASE WHEN control OR reason IS NOT NULL THEN {} * "
                  + people(order)
                  + " FILTER ("
                  + "NOT control AND reason IS NULL) OVER () < {}::BIGINT * {} ELSE dense_rank()"
                  + " OVER (PARTITION BY control OR reason IS NOT NULL ORDER BY {}, user_key)"
                  + " <= {} END",
              bucket,
              Sql.value((long) messages),
              Sql.value((long) Draw.BUCKETS),
              bucket,
              Sql.value((long) messages));
    };
  }

  /** Counts people; the plainer way where each has one row. */
  private static String people(PlanOrder order) {
    return order.audience().channel().endpoints().contains(EndpointKind.DEVICE)
        ? "count(DISTINCT user_key)"
        : "count(*)";
  }

  private static Sql bucket(PlanOrder order, Draw.Purpose purpose) {
    return DrawSql.bucket(Draw.of(order.campaign(), purpose));
  }
}
