package dev.carillon.storage.sql;

import static dev.carillon.storage.sql.Tables.TURN;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.sum;

import dev.carillon.engine.port.work.Turns;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jooq.DSLContext;

/** The turns that campaigns with a bounded speed have taken lately. */
final class TurnBook {
  private final Database database;

  TurnBook(Database database) {
    this.database = database;
  }

  /** Gives turns, in a transaction that no other writer of the file can be in. */
  Turns take(int campaign, int wanted, int most, Duration within, Instant now) {
    if (wanted < 1 || most < 1) {
      throw new IllegalArgumentException("1 or more turns are wanted, of 1 or more");
    }
    return database.write(
        sql -> {
          sql.update(TURN)
              .set(TURN.at, now)
              .where(TURN.campaign.eq(campaign), TURN.at.gt(now))
              .execute();
          sql.deleteFrom(TURN)
              .where(TURN.campaign.eq(campaign), TURN.at.le(now.minus(within)))
              .execute();
          int given = Math.clamp(most - taken(sql, campaign), 0, wanted);
          if (given > 0) {
            sql.insertInto(TURN)
                .set(TURN.campaign, campaign)
                .set(TURN.at, now)
                .set(TURN.messages, given)
                .execute();
          }
          return new Turns(given, first(sql, campaign).plus(within));
        });
  }

  private static long taken(DSLContext sql, int campaign) {
    return sql.select(coalesce(sum(TURN.messages), BigDecimal.ZERO))
        .from(TURN)
        .where(TURN.campaign.eq(campaign))
        .fetchSingle()
        .value1()
        .longValue();
  }

  private static Instant first(DSLContext sql, int campaign) {
    return sql.select(min(TURN.at))
        .from(TURN)
        .where(TURN.campaign.eq(campaign))
        .fetchSingle()
        .value1();
  }
}
