package dev.carillon.storage.sql;

import static dev.carillon.storage.sql.Tables.VARIANT_DECISION;

import dev.carillon.core.campaign.VariantDecision;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Record;

/** What tests of variants decided; the first decision of a run stays. */
final class VariantDecisionRows {
  private final Database database;

  VariantDecisionRows(Database database) {
    this.database = database;
  }

  VariantDecision decide(VariantDecision decision) {
    return database.write(
        sql -> {
          sql.insertInto(VARIANT_DECISION)
              .set(VARIANT_DECISION.campaign, decision.campaign())
              .set(VARIANT_DECISION.run, decision.run())
              .set(VARIANT_DECISION.variant, decision.variant())
              .set(VARIANT_DECISION.won, decision.won() ? 1 : 0)
              .set(VARIANT_DECISION.at, decision.at())
              .set(VARIANT_DECISION.words, decision.words())
              .onConflictDoNothing()
              .execute();
          return list(sql, decision.campaign()).stream()
              .filter(kept -> kept.run() == decision.run())
              .findFirst()
              .orElseThrow();
        });
  }

  List<VariantDecision> list(int campaign) {
    return database.read(sql -> list(sql, campaign));
  }

  private static List<VariantDecision> list(DSLContext sql, int campaign) {
    return sql.selectFrom(VARIANT_DECISION)
        .where(VARIANT_DECISION.campaign.eq(campaign))
        .orderBy(VARIANT_DECISION.run)
        .fetch(VariantDecisionRows::decision);
  }

  private static VariantDecision decision(Record row) {
    return new VariantDecision(
        row.get(VARIANT_DECISION.campaign),
        row.get(VARIANT_DECISION.run),
        row.get(VARIANT_DECISION.variant),
        row.get(VARIANT_DECISION.won) == 1,
        row.get(VARIANT_DECISION.at),
        row.get(VARIANT_DECISION.words));
  }
}
